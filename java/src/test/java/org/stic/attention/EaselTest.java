package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** Drawing in the coordinates of windows against drawing on canvases. */
class EaselTest {
  private static final int COUNT = 3;
  private static final Sight SIGHT = new Sight(Shape.of(2, 23, 31), 6, .5);
  private static final Shape CANVASES = Shape.of(COUNT, 2, 23, 31);
  private static final Shape GLIMPSES = Shape.of(COUNT, 2, 6, 6);
  private static final Window[] WINDOWS = {
    SIGHT.whole(), SIGHT.near(4, 20, 2.2), SIGHT.near(17, 9, 1)
  };
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** What the chains are told that they would see is what a look at the drawn canvas shows. */
  @Test
  void glimpsesAreWhatIsSeenOfTheDrawnCanvas() {
    try (Easel easel = easel(.2f)) {
      Graph graph = new Graph();
      Tensor u = graph.input("u", GLIMPSES);
      graph.output("glimpses", easel.glimpses(u));
      graph.output("drawn", easel.drawn(u));
      try (Program program = Program.compile(device, graph)) {
        float[] glimpses = values(GLIMPSES, .1f, 2);
        program.set("u", glimpses);
        program.run();
        float[] expected = program.get("glimpses");
        float[] drawn = program.get("drawn");
        for (float pixel : drawn) {
          assertTrue(Math.abs(pixel) < 1, "the wall is not to be met in this test: " + pixel);
        }
        easel.canvases().upload(drawn);
        easel.place(WINDOWS);
        float[] seen = easel.seen();
        for (int point = 0; point < seen.length; point++) {
          assertEquals(expected[point], seen[point], 2e-5, "point " + point);
        }
      }
    }
  }

  @Test
  void nothingDrawnChangesNothingAndWallsHold() {
    try (Easel easel = easel(.2f)) {
      float[] before = easel.canvases().download();
      Graph graph = new Graph();
      graph.output("drawn", easel.drawn(graph.input("u", GLIMPSES)));
      try (Program program = Program.compile(device, graph)) {
        program.set("u", easel.seen());
        program.run();
        float[] same = program.get("drawn");
        for (int pixel = 0; pixel < before.length; pixel++) {
          assertEquals(before[pixel], same[pixel], 1e-6);
        }
        float[] far = new float[GLIMPSES.intElements()];
        Arrays.fill(far, 50);
        program.set("u", far);
        program.run();
        for (float pixel : program.get("drawn")) {
          assertTrue(pixel <= 1, "pixel " + pixel);
        }
      }
    }
  }

  /** A gradient through the window is that of the function of the canvas, written back. */
  @Test
  void gradientsOfGlimpsesAreThoseOfTheCanvas() {
    try (Easel easel = easel(.2f)) {
      Graph graph = new Graph();
      Tensor u = graph.input("u", GLIMPSES);
      Tensor target = graph.constant(GLIMPSES, values(GLIMPSES, 1, 5));
      Tensor direct = Ops.multiply(target, easel.glimpses(u));
      Windows windows = Windows.of(graph.constant(Shape.of(COUNT, 5), WindowTable.of(WINDOWS)), 6);
      Tensor unit = graph.constant(Shape.of(COUNT, 1), 1);
      Tensor looked = Ops.multiply(target, windows.withGain(unit).read(easel.drawn(u)));
      graph.output("direct", Gradients.of(direct, List.of(u)).getFirst());
      graph.output("looked", Gradients.of(looked, List.of(u)).getFirst());
      try (Program program = Program.compile(device, graph)) {
        program.set("u", values(GLIMPSES, .1f, 6));
        program.run();
        float[] expected = program.get("looked");
        float[] actual = program.get("direct");
        for (int point = 0; point < expected.length; point++) {
          assertEquals(expected[point], actual[point], 1e-4, "point " + point);
        }
      }
    }
  }

  private static Easel easel(float deviation) {
    Easel easel = new Easel(device, SIGHT, COUNT);
    easel.canvases().upload(values(CANVASES, deviation, 1));
    easel.place(WINDOWS);
    return easel;
  }

  private static float[] values(Shape shape, float deviation, long seed) {
    Random random = new Random(seed);
    float[] values = new float[shape.intElements()];
    for (int index = 0; index < values.length; index++) {
      values[index] = deviation * (float) random.nextGaussian();
    }
    return values;
  }
}
