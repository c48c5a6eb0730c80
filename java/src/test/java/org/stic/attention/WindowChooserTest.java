package org.stic.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Shape;
import org.stic.graph.Variable;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.ParameterStore;
import org.stic.random.Purpose;
import org.stic.sampler.ClassTerm;

/** Where windows are put on a canvas with a planted object. */
class WindowChooserTest {
  private static final int SIDE = 16;
  private static final int PIXELS = 48;

  private Device device;
  private AttentiveNetwork network;
  private ParameterStore parameters;
  private Variable canvases;
  private Variable classWeights;

  /**
   * A classifier whose class is brightness squared, more or less: SiLU of bright pixels grows, of
   * dark ones hardly moves, so the planted object alone has a gradient.
   */
  @BeforeEach
  void build() {
    device = TestDevice.open();
    Sight sight = new Sight(Shape.of(1, PIXELS, PIXELS), SIDE, .5);
    network =
        new AttentiveNetwork(
            ConvClassifier.of(sight.glimpse(), 2, List.of(new ConvolutionSettings(1, 1, 1, 0))),
            sight,
            0);
    parameters = new ParameterStore(device, "parameters", network.parameters());
    parameters.initialise(1, Purpose.INITIALISATION);
    parameters.view("convolution1.weight").upload(8f);
    parameters.view("convolution1.bias").upload(0f);
    float[] head = new float[4 * SIDE * SIDE];
    Arrays.fill(head, 0, SIDE * SIDE, .01f);
    parameters.view("head.weight").upload(head);
    canvases = Variable.allocate(device, "canvases", Shape.of(2, 1, PIXELS, PIXELS));
    classWeights = Variable.allocate(device, "weights", Shape.of(2, 2));
    classWeights.upload(1f, 0f, 1f, 0f);
  }

  @AfterEach
  void release() {
    classWeights.close();
    canvases.close();
    parameters.close();
    device.close();
  }

  /**
   * A bright square of 8 pixels with its middle at (12, 35) on one canvas, (30, 14) on the other.
   */
  @Test
  void saliencyFindsAPlantedObject() {
    float[] pixels = new float[2 * PIXELS * PIXELS];
    Arrays.fill(pixels, -1);
    plant(pixels, 0, 12, 35);
    plant(pixels, 1, 30, 14);
    canvases.upload(pixels);
    try (WindowChooser chooser = chooser(WindowChoice.SALIENCY)) {
      Window[] windows = chooser.choose(1, new int[] {0, 1}, 1);
      assertNear(12, 35, windows[0]);
      assertNear(30, 14, windows[1]);
    }
    try (WindowChooser chance = chooser(WindowChoice.RANDOM)) {
      Window[] windows = chance.choose(1, new int[] {0, 1}, 1);
      assertFalse(isNear(12, 35, windows[0]) && isNear(30, 14, windows[1]));
    }
  }

  @Test
  void chanceIsAFunctionOfCanvasAndStep() {
    try (WindowChooser chooser = chooser(WindowChoice.RANDOM)) {
      Window[] first = chooser.choose(1, new int[] {7, 8}, 1);
      assertArrayEquals(first, chooser.choose(1, new int[] {7, 8}, 1));
      assertFalse(Arrays.equals(first, chooser.choose(1, new int[] {7, 8}, 2)));
      assertFalse(first[0].equals(first[1]));
    }
  }

  /** Its bias alone: tanh(.5) of the way to the right edge and to the top. */
  @Test
  void theHeadPlacesWindows() {
    parameters.view("window.weight").upload(new float[2 * SIDE * SIDE]);
    parameters.view("window.bias").upload(.5f, -.5f);
    canvases.upload(new float[2 * PIXELS * PIXELS]);
    try (WindowChooser chooser = chooser(WindowChoice.HEAD)) {
      Window window = chooser.choose(1, new int[] {0, 1}, 1)[1];
      double reach = (PIXELS - SIDE) / 2. * Math.tanh(.5);
      assertEquals(23.5 + reach, window.centreX(), 1e-4);
      assertEquals(23.5 - reach, window.centreY(), 1e-4);
    }
  }

  private WindowChooser chooser(WindowChoice choice) {
    return WindowChooser.of(
        choice,
        device,
        new WindowChooser.Scene(
            new AttentiveSampler.Subject(network, parameters),
            new ClassTerm.Logit(),
            canvases,
            classWeights),
        11);
  }

  private static void plant(float[] pixels, int canvas, int column, int row) {
    for (int y = row - 4; y < row + 4; y++) {
      for (int x = column - 4; x < column + 4; x++) {
        pixels[(canvas * PIXELS + y) * PIXELS + x] = 1;
      }
    }
  }

  private static void assertNear(double column, double row, Window window) {
    assertTrue(isNear(column, row, window), window + ", not near " + column + ", " + row);
  }

  /** Within a point of the whole view, which is three pixels. */
  private static boolean isNear(double column, double row, Window window) {
    return Math.abs(window.centreX() - column) <= 3 && Math.abs(window.centreY() - row) <= 3;
  }
}
