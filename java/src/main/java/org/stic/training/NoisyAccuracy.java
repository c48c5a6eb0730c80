package org.stic.training;

import java.util.stream.IntStream;
import org.stic.data.ImageDataset;
import org.stic.metrics.Accuracy;
import org.stic.random.PhiloxGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * How often a classifier is right about images with normal noise of a known deviation. The noise of
 * an image is the same for every classifier.
 */
final class NoisyAccuracy {
  private static final int BATCH = 250;
  private static final long SEED = 1;

  private NoisyAccuracy() {}

  /** Fraction of the test images that are classified right. */
  static double of(DrawingClassifier subject, ImageDataset test, double noise) {
    try (Predictor predictor = subject.predictor(Math.min(BATCH, test.count()), noise)) {
      float[] logits =
          predictor
              .run(test.count(), (index, target) -> read(test, index, noise, target))
              .get("logits");
      int[] labels = IntStream.range(0, test.count()).map(test::label).toArray();
      return Accuracy.of(logits, subject.classes(), labels);
    }
  }

  private static void read(ImageDataset test, int index, double noise, float[] target) {
    test.readImage(index, target, 0);
    PhiloxGenerator random = new RandomKey(SEED, Purpose.TEST_NOISE, index, 0).generator();
    for (int element = 0; element < target.length; element++) {
      target[element] += (float) (noise * random.nextGaussian());
    }
  }
}
