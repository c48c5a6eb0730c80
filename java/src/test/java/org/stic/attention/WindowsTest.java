package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** What windows see and write, against the formula in double precision. */
class WindowsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /**
   * One set of windows.
   *
   * @param windows their parameters; one canvas each
   */
  record Case(int side, int channels, int height, int width, List<Window> windows) {
    float[] table() {
      float[] table = new float[windows.size() * Windows.PARAMETERS];
      for (int index = 0; index < windows.size(); index++) {
        windows.get(index).put(table, index);
      }
      return table;
    }

    Shape canvases() {
      return Shape.of(windows.size(), channels, height, width);
    }

    Shape glimpses() {
      return Shape.of(windows.size(), channels, side, side);
    }
  }

  /** Inside, half outside, far outside, wider than the canvas, narrower than a pixel. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(4, 1, 9, 9, List.of(new Window(4, 4, 2, 1, 1))),
        new Case(
            5,
            3,
            31,
            17,
            List.of(
                new Window(8, 15, 1, .5, 1),
                new Window(-3, 33, 2.3, 1.1, .25),
                new Window(900, -700, 1, .5, 4))),
        new Case(
            7,
            2,
            8,
            33,
            List.of(new Window(16, 3.5, 6, 3, 1 / 36.), new Window(3.25, 2.75, .4, .1, 1))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readingAndWritingAreTheFormula(Case c) {
    float[] canvases = normals(c.canvases(), 1);
    float[] glimpses = normals(c.glimpses(), 2);
    Results results = run(c, canvases, glimpses);
    int pixels = c.height * c.width;
    int points = c.side * c.side;
    for (int image = 0; image < c.windows.size(); image++) {
      Window window = c.windows.get(image);
      double[][] rows = filters(window.centreY(), window, c.side, c.height);
      double[][] columns = filters(window.centreX(), window, c.side, c.width);
      for (int channel = 0; channel < c.channels; channel++) {
        int plane = image * c.channels + channel;
        for (int point = 0; point < points; point++) {
          double sum = 0;
          for (int pixel = 0; pixel < pixels; pixel++) {
            double filter =
                rows[point / c.side][pixel / c.width] * columns[point % c.side][pixel % c.width];
            sum += filter * canvases[plane * pixels + pixel];
          }
          assertNear(window.gain() * sum, results.read[plane * points + point]);
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
          double sum = 0;
          for (int point = 0; point < points; point++) {
            double filter =
                rows[point / c.side][pixel / c.width] * columns[point % c.side][pixel % c.width];
            sum += filter * glimpses[plane * points + point];
          }
          assertNear(sum / window.gain(), results.written[plane * pixels + pixel]);
        }
      }
    }
  }

  /** <read(x), v> = gain^2 <x, write(v)>: without the gain, writing is the exact adjoint. */
  @ParameterizedTest
  @MethodSource("cases")
  void writingIsTheAdjointOfReading(Case c) {
    float[] canvases = normals(c.canvases(), 3);
    float[] glimpses = normals(c.glimpses(), 4);
    Results results = run(c, canvases, glimpses);
    int pixels = c.channels * c.height * c.width;
    int points = c.channels * c.side * c.side;
    for (int image = 0; image < c.windows.size(); image++) {
      double gain = c.windows.get(image).gain();
      double left = product(results.read, glimpses, image * points, points);
      double right = product(canvases, results.written, image * pixels, pixels);
      double scale = norm(results.read, image * points, points);
      scale *= norm(glimpses, image * points, points);
      assertEquals(left, gain * gain * right, 2e-6 * scale, "image " + image);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsSumToOneWhereverTheyLie(Case c) {
    Graph graph = new Graph();
    Tensor table = graph.input("table", Shape.of(c.windows.size(), Windows.PARAMETERS));
    graph.output("rows", Windows.of(table, c.side).rows(c.height));
    try (Program program = Program.compile(device, graph)) {
      program.set("table", c.table());
      program.run();
      float[] rows = program.get("rows");
      for (int row = 0; row < c.windows.size() * c.side; row++) {
        double sum = 0;
        for (int pixel = 0; pixel < c.height; pixel++) {
          sum += rows[row * c.height + pixel];
        }
        assertEquals(1, sum, 1e-5, "row " + row);
      }
    }
  }

  /**
   * A window over the whole canvas sees a constant as it is, and writes it back with gain 1/d^2.
   */
  @Test
  void aWholeWindowKeepsConstants() {
    Case c = new Case(8, 1, 32, 32, List.of(new Window(15.5, 15.5, 4, 2, 1 / 16.)));
    float[] canvases = new float[32 * 32];
    Arrays.fill(canvases, .75f);
    float[] glimpses = new float[64];
    Arrays.fill(glimpses, .75f);
    Results results = run(c, canvases, glimpses);
    for (float value : results.read) {
      assertEquals(.75 / 16, value, 1e-6);
    }
    for (int row = 8; row < 24; row++) {
      assertEquals(.75, results.written[row * 32 + 16], .03, "row " + row);
    }
  }

  @Test
  void windowsWithoutExtentAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 0, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 0, 1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 0, 1, 1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Window(Double.NaN, 0, 1, 1, 1));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Results(float[] read, float[] written) {}

  private static Results run(Case c, float[] canvases, float[] glimpses) {
    Graph graph = new Graph();
    Tensor table = graph.input("table", Shape.of(c.windows.size(), Windows.PARAMETERS));
    Windows windows = Windows.of(table, c.side);
    graph.output("read", windows.read(graph.input("canvases", c.canvases())));
    graph.output(
        "written", windows.write(graph.input("glimpses", c.glimpses()), c.height, c.width));
    try (Program program = Program.compile(device, graph)) {
      program.set("table", c.table());
      program.set("canvases", canvases);
      program.set("glimpses", glimpses);
      program.run();
      return new Results(program.get("read"), program.get("written"));
    }
  }

  /** Each row's weights less its largest exponent, so that no sum is zero. */
  private static double[][] filters(double centre, Window window, int side, int pixels) {
    double[][] filters = new double[side][pixels];
    for (int i = 0; i < side; i++) {
      double mean = centre + (i - (side - 1) / 2.) * window.stride();
      double nearest = Math.clamp(Math.round(mean), 0, pixels - 1) - mean;
      double sum = 0;
      for (int a = 0; a < pixels; a++) {
        double exponent = (nearest * nearest - (a - mean) * (a - mean));
        filters[i][a] = Math.exp(exponent / (2 * window.width() * window.width()));
        sum += filters[i][a];
      }
      for (int a = 0; a < pixels; a++) {
        filters[i][a] /= sum;
      }
    }
    return filters;
  }

  private static double product(float[] a, float[] b, int start, int count) {
    double sum = 0;
    for (int index = start; index < start + count; index++) {
      sum += (double) a[index] * b[index];
    }
    return sum;
  }

  private static double norm(float[] values, int start, int count) {
    return Math.sqrt(product(values, values, start, count));
  }

  private static void assertNear(double expected, float actual) {
    boolean isNear = Math.abs(expected - actual) <= 2e-5 * (1 + Math.abs(expected));
    assertTrue(isNear, actual + ", not " + expected);
  }

  private static float[] normals(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[shape.intElements()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return values;
  }
}
