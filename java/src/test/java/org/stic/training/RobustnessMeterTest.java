package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.data.Split;
import org.stic.settings.ConfigurationException;
import org.stic.training.Attack.Norm;

/** On linear classifiers, whose worst perturbation is known. */
class RobustnessMeterTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 5);
  private static final int ELEMENTS = SHAPE.elements();
  private static final int STEPS = 15;

  private Device device;
  private ImageDataset test;

  @BeforeEach
  void open() {
    device = TestDevice.open();
    // Images of class 1 have their second half brighter than their first by 20 of 255 levels.
    Random random = new Random(4);
    byte[] pixels = new byte[137 * ELEMENTS];
    int[] labels = new int[137];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = random.nextInt(2);
      for (int element = 0; element < ELEMENTS; element++) {
        int sign = LinearClassifier.sign(element, ELEMENTS) * (2 * labels[image] - 1);
        pixels[image * ELEMENTS + element] = (byte) (128 + 10 * sign);
      }
    }
    test =
        new ImageDataset(
            "halves",
            Split.TEST,
            SHAPE,
            List.of("dark", "bright"),
            MemorySegment.ofArray(pixels),
            labels);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Robustness attack(LinearClassifier subject, Norm norm, double epsilon) {
    Attack attack = Attack.of(norm, epsilon, STEPS);
    try (RobustnessMeter meter = new RobustnessMeter(subject, attack, test.count())) {
      return meter.measure(test, TrainingListener.NONE);
    }
  }

  /** The margin is 10 levels a pixel, and half a level by rounding, of 255. */
  @Test
  void accuracyFallsWhereTheBallReachesTheBoundary() {
    LinearClassifier subject = new LinearClassifier(device, SHAPE, 1);
    double margin = 10.5 / 255;
    assertEquals(1, attack(subject, Norm.LINF, .9 * margin).adversarialAccuracy());
    assertEquals(0, attack(subject, Norm.LINF, 1.1 * margin).adversarialAccuracy());
    double length = margin * Math.sqrt(ELEMENTS - 1.0);
    assertEquals(1, attack(subject, Norm.L2, .9 * length).adversarialAccuracy());
    assertEquals(0, attack(subject, Norm.L2, 1.1 * length).adversarialAccuracy());
  }

  @Test
  void chanceDoesNotFindWhatTheGradientFinds() {
    LinearClassifier subject = new LinearClassifier(device, SHAPE, 1);
    for (Norm norm : Norm.values()) {
      double radius = 1.1 * 10.5 / 255 * (norm == Norm.L2 ? Math.sqrt(ELEMENTS - 1.0) : 1);
      Robustness found = attack(subject, norm, radius);
      assertEquals(137, found.images());
      assertEquals(1, found.cleanAccuracy());
      assertEquals(0, found.adversarialAccuracy());
      assertTrue(found.randomAccuracy() > .9, found.toString());
      assertEquals(2 * radius, found.epsilonOfSignedPixels());
    }
  }

  @Test
  void aBallOfNoSizeLeavesImagesAsTheyAre() {
    LinearClassifier subject = new LinearClassifier(device, SHAPE, 1);
    for (Norm norm : Norm.values()) {
      float[] images = pixels();
      try (AttackProgram program = new AttackProgram(subject, Attack.of(norm, 0, 3), 7)) {
        program.set(images, new float[7 * 2], 1);
        program.begin();
        program.attack();
        assertArrayEquals(images, program.images());
      }
      Robustness found = attack(subject, norm, 0);
      assertEquals(found.cleanAccuracy(), found.adversarialAccuracy());
    }
  }

  private float[] pixels() {
    float[] images = new float[7 * ELEMENTS];
    for (int image = 0; image < 7; image++) {
      test.readImage(image, images, image * ELEMENTS);
    }
    return images;
  }

  @Test
  void perturbationsStayInTheBallAndInThePixelsRange() {
    LinearClassifier subject = new LinearClassifier(device, SHAPE, 1);
    float[] images = pixels();
    images[0] = 1;
    images[1] = -1;
    float[] targets = new float[7 * 2];
    for (int image = 0; image < 7; image++) {
      targets[2 * image + test.label(image)] = 1;
    }
    for (Norm norm : Norm.values()) {
      double epsilon = .3;
      try (AttackProgram program = new AttackProgram(subject, Attack.of(norm, epsilon, 9), 7)) {
        program.set(images, targets, 1);
        program.begin();
        double start = size(norm, program.images(), images);
        program.attack();
        float[] attacked = program.images();
        // The radius is in units of [0, 1]; pixels are in [-1, 1].
        assertTrue(start <= 2 * epsilon * (1 + 1e-5) && start > epsilon, norm + " " + start);
        assertEquals(2 * epsilon, size(norm, attacked, images), 1e-4, norm.toString());
        for (float pixel : attacked) {
          assertTrue(pixel >= -1 && pixel <= 1, norm + " " + pixel);
        }
      }
    }
  }

  /** Of the image that moved furthest. */
  private static double size(Norm norm, float[] moved, float[] images) {
    double largest = 0;
    for (int image = 0; image < 7; image++) {
      double size = 0;
      for (int index = image * ELEMENTS; index < (image + 1) * ELEMENTS; index++) {
        double change = Math.abs(moved[index] - images[index]);
        size = norm == Norm.L2 ? Math.hypot(size, change) : Math.max(size, change);
      }
      largest = Math.max(largest, size);
    }
    return largest;
  }

  /** So steep that the softmax is 0 or 1 in single precision: its gradient vanishes. */
  @Test
  void maskedGradientsShowInTheControl() {
    LinearClassifier steep = new LinearClassifier(device, SHAPE, 1e6f);
    double radius = 1.2 * 10.5 / 255;
    double length = radius * Math.sqrt(ELEMENTS - 1.0);
    assertEquals(1, attack(steep, Norm.LINF, radius).adversarialAccuracy());
    assertTrue(attack(steep, Norm.L2, length).adversarialAccuracy() > .9);
    LinearClassifier plain = new LinearClassifier(device, SHAPE, 1);
    assertEquals(0, attack(plain, Norm.LINF, .5).adversarialAccuracy());
  }

  @Test
  void logitsThatAreNotFiniteAreRefused() {
    LinearClassifier broken = new LinearClassifier(device, SHAPE, Float.NaN);
    assertThrows(IllegalArgumentException.class, () -> attack(broken, Norm.LINF, .1));
  }

  @Test
  void impossibleAttacksAreRefused() {
    assertThrows(ConfigurationException.class, () -> Attack.of(Norm.L2, -.1, 3));
    assertThrows(ConfigurationException.class, () -> Attack.of(Norm.L2, Double.NaN, 3));
    assertThrows(ConfigurationException.class, () -> Attack.of(Norm.L2, .1, 0));
  }
}
