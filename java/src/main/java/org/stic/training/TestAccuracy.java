package org.stic.training;

import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.stic.data.ImageDataset;
import org.stic.metrics.Accuracy;
import org.stic.metrics.ClassificationQuality;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * How often a classifier is right about test images, clean or with normal noise of a deviation that
 * it is told. The noise of an image is the same for every classifier, so that their accuracies can
 * be paired. Owns its program.
 */
public final class TestAccuracy implements AutoCloseable {
  private static final int BATCH = 250;
  private static final long NOISE_SEED = 1;

  private final MeasuredClassifier subject;
  private final ImageDataset test;
  private final double noise;
  private final Predictor predictor;

  /**
   * Compiles the program.
   *
   * @param subject stays open as long as this; knows of the noise
   * @param noise deviation of the noise on pixels, which lie in [-1, 1]; at least 0
   */
  public TestAccuracy(MeasuredClassifier subject, ImageDataset test, double noise) {
    this.subject = subject;
    this.test = test;
    this.noise = noise;
    predictor =
        new Predictor(
            subject.device(),
            subject.image(),
            Math.min(BATCH, test.count()),
            images -> Map.of("logits", subject.classLogits(images)));
  }

  /** Fraction of the test images that the classifier's current parameters get right. */
  double measure() {
    return Accuracy.of(logits(), subject.classes(), labels());
  }

  /**
   * Accuracy, likelihood, calibration and confusion under the classifier's current parameters.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public ClassificationQuality quality() {
    return ClassificationQuality.of(logits(), subject.classes(), labels());
  }

  private float[] logits() {
    return predictor.run(test.count(), this::read).get("logits");
  }

  private int[] labels() {
    return IntStream.range(0, test.count()).map(test::label).toArray();
  }

  private void read(int index, float[] target) {
    test.readImage(index, target, 0);
    if (noise > 0) {
      addNoise(target, new RandomKey(NOISE_SEED, Purpose.TEST_NOISE, index, 0).generator());
    }
  }

  private void addNoise(float[] pixels, RandomGenerator random) {
    for (int element = 0; element < pixels.length; element++) {
      pixels[element] += (float) (noise * random.nextGaussian());
    }
  }

  @Override
  public void close() {
    predictor.close();
  }
}
