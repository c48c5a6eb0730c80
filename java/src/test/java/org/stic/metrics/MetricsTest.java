package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void certainAndBalancedScoresTheNumberOfClasses() {
    float[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    assertEquals(3, ClassifierScore.of(identity, 3), 1e-12);
  }

  @Test
  void sameAnswerForEveryImageScoresOne() {
    assertEquals(1, ClassifierScore.of(new float[] {1, 0, 1, 0, 1, 0}, 2), 1e-12);
    assertEquals(1, ClassifierScore.of(new float[] {.25f, .75f, .25f, .75f}, 2), 1e-12);
  }

  @Test
  void scoreOfAWorkedExample() {
    float[] probabilities = {.9f, .1f, .2f, .8f};
    double first = .9 * Math.log(.9 / .55) + .1 * Math.log(.1 / .45);
    double second = .2 * Math.log(.2 / .55) + .8 * Math.log(.8 / .45);
    assertEquals(Math.exp((first + second) / 2), ClassifierScore.of(probabilities, 2), 1e-7);
  }

  @Test
  void scoreRefusesIncompleteRows() {
    assertThrows(IllegalArgumentException.class, () -> ClassifierScore.of(new float[5], 2));
    assertThrows(IllegalArgumentException.class, () -> ClassifierScore.of(new float[0], 2));
  }

  @Test
  void accuracyCountsFirstMaxima() {
    float[] scores = {0, 1, 0, /**/ 2, 2, 0, /**/ 2, 2, 0, /**/ Float.NaN, 5, 0};
    assertEquals(.5, Accuracy.of(scores, 3, new int[] {1, 0, 1, 1}));
  }

  @Test
  void accuracyTakesANaNAtTheWantedClassAsAMiss() {
    assertEquals(0, Accuracy.of(new float[] {Float.NaN, 0}, 2, new int[] {0}));
  }

  @Test
  void distanceOfASetToItselfIsZero() {
    FeatureStatistics statistics = FeatureStatistics.of(normals(500, 5, 1, 0), 5);
    assertEquals(0, statistics.distance(statistics), 1e-9);
  }

  @Test
  void distanceOfAShiftIsItsSquaredLength() {
    float[] features = normals(300, 4, 1, 0);
    float[] shifted = features.clone();
    for (int index = 0; index < shifted.length; index += 4) {
      shifted[index] += 3;
      shifted[index + 1] -= 4;
    }
    double distance = FeatureStatistics.of(features, 4).distance(FeatureStatistics.of(shifted, 4));
    assertEquals(25, distance, 1e-4);
  }

  @Test
  void distanceOfAScalingIsTheSumOfSquaredDifferencesOfDeviations() {
    float[] features = normals(400, 3, 1, 0);
    float[] scaled = features.clone();
    for (int index = 0; index < scaled.length; index++) {
      scaled[index] *= 3;
    }
    FeatureStatistics one = FeatureStatistics.of(features, 3);
    FeatureStatistics three = FeatureStatistics.of(scaled, 3);
    double means = 0;
    for (double mean : one.mean().toArray()) {
      means += 4 * mean * mean;
    }
    double expected = means + 4 * one.covariance().getTrace();
    assertEquals(expected, one.distance(three), 1e-4 * expected);
    assertEquals(one.distance(three), three.distance(one), 1e-6 * expected);
  }

  private static float[] normals(int rows, int width, double deviation, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * width];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
