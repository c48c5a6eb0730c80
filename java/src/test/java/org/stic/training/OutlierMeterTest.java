package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.data.Split;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.settings.ConfigurationException;

class OutlierMeterTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 5);

  /** Images whose halves differ by {@code contrast} levels, with noise of 5 levels. */
  private static ImageDataset halves(int count, int contrast, ImageShape shape, int seed) {
    Random random = new Random(seed);
    int elements = shape.elements();
    byte[] pixels = new byte[count * elements];
    for (int index = 0; index < pixels.length; index++) {
      int sign = LinearClassifier.sign(index % elements, elements);
      pixels[index] = (byte) (128 + contrast * sign / 2 + random.nextInt(11) - 5);
    }
    return new ImageDataset(
        "contrast " + contrast,
        Split.TEST,
        shape,
        List.of("dark", "bright"),
        MemorySegment.ofArray(pixels),
        new int[count]);
  }

  @Test
  void imagesFarFromTheBoundaryAreToldFromImagesOnIt() {
    ImageDataset clear = halves(130, 60, SHAPE, 1);
    try (Device device = TestDevice.open();
        OutlierMeter meter = new OutlierMeter(new LinearClassifier(device, SHAPE, 1), clear)) {
      OutlierDetection grey = meter.detect(halves(77, 0, SHAPE, 2));
      assertEquals(130, grey.images());
      assertEquals(77, grey.otherImages());
      assertEquals(1, grey.maximumSoftmax(), 1e-3);
      assertEquals(1, grey.logSumExp(), 1e-3);
      OutlierDetection alike = meter.detect(halves(200, 60, SHAPE, 3));
      assertEquals(.5, alike.maximumSoftmax(), .1);
      assertEquals(.5, alike.logSumExp(), .1);
      assertEquals(.5, alike.gradientNorm(), .1);
    }
  }

  /**
   * z = (|x|^2 / 2, 0): the gradient of logsumexp is p_0(x) x, so its norm grows with the contrast
   * and {@code -|gradient|} takes the flat images for the test set's.
   */
  @Test
  void theGradientsNormIsThatOfEachImage() {
    try (Device device = TestDevice.open()) {
      MeasuredClassifier bowl = new Bowl(device);
      try (OutlierMeter meter = new OutlierMeter(bowl, halves(50, 20, SHAPE, 1))) {
        OutlierDetection steep = meter.detect(halves(50, 200, SHAPE, 2));
        assertEquals(1, steep.gradientNorm(), 1e-9);
        assertEquals(0, steep.logSumExp(), 1e-9);
        OutlierDetection flat = meter.detect(halves(50, 0, SHAPE, 2));
        assertTrue(flat.gradientNorm() < .01, flat.toString());
      }
    }
  }

  private record Bowl(Device device) implements MeasuredClassifier {
    @Override
    public Shape image() {
      return Shape.of(SHAPE.channels(), SHAPE.height(), SHAPE.width());
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public Tensor classLogits(Tensor images) {
      int count = images.shape().dim(0);
      Tensor half = Ops.reshape(Ops.sum(Ops.square(images), 1, 2, 3), Shape.of(count, 1));
      return Ops.concat(1, Ops.scale(half, .5f), images.graph().constant(Shape.of(count, 1), 0));
    }
  }

  @Test
  void setsOfAnotherShapeAreRefused() {
    ImageDataset other = halves(20, 0, new ImageShape(1, 5, 3), 1);
    ImageDataset test = halves(20, 0, SHAPE, 1);
    var refusal =
        assertThrows(
            ConfigurationException.class, () -> OutlierMeter.requireSameShape(test, other));
    assertTrue(
        refusal.getMessage().contains("are 1x5x3, those of contrast 0 are 1x3x5"),
        refusal.getMessage());
  }

  @Test
  void logitsThatAreNotFiniteAreRefused() {
    try (Device device = TestDevice.open()) {
      LinearClassifier broken = new LinearClassifier(device, SHAPE, Float.NaN);
      ImageDataset test = halves(20, 0, SHAPE, 1);
      assertThrows(IllegalArgumentException.class, () -> new OutlierMeter(broken, test));
    }
  }
}
