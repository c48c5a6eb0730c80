package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.ejml.dense.row.CommonOps_DDRM;
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
    FeatureStatistics statistics = statistics(normals(500, 5, 1, 0), 5);
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
    double distance = statistics(features, 4).distance(statistics(shifted, 4));
    assertEquals(25, distance, 1e-4);
  }

  @Test
  void distanceOfAScalingIsTheSumOfSquaredDifferencesOfDeviations() {
    float[] features = normals(400, 3, 1, 0);
    float[] scaled = features.clone();
    for (int index = 0; index < scaled.length; index++) {
      scaled[index] *= 3;
    }
    FeatureStatistics one = statistics(features, 3);
    FeatureStatistics three = statistics(scaled, 3);
    double means = 0;
    for (double mean : one.mean()) {
      means += 4 * mean * mean;
    }
    double expected = means + 4 * CommonOps_DDRM.trace(one.covariance());
    assertEquals(expected, one.distance(three), 1e-4 * expected);
    assertEquals(one.distance(three), three.distance(one), 1e-6 * expected);
  }

  @Test
  void distanceOfConstantSetsIsThatOfTheirMeans() {
    float[] zeros = new float[30];
    float[] threes = new float[30];
    Arrays.fill(threes, 3);
    assertEquals(27, statistics(zeros, 3).distance(statistics(threes, 3)), 1e-12);
    float[] spread = normals(10, 3, 1, 5);
    double expected = CommonOps_DDRM.trace(statistics(spread, 3).covariance());
    for (double mean : statistics(spread, 3).mean()) {
      expected += mean * mean;
    }
    assertEquals(expected, statistics(zeros, 3).distance(statistics(spread, 3)), 1e-6);
  }

  @Test
  void kernelDistanceOfSubsetsAgreesWithThatOfAllWithinItsError() {
    Features one = new Features(normals(400, 6, 1, 1), 6);
    Features other = new Features(normals(300, 6, 1.2, 2), 6);
    var random = new SplittableRandom(7);
    var all = KernelDistance.of(one, other, 1, 300, random, InnerProducts.PLAIN);
    var parts = KernelDistance.of(one, other, 60, 100, random, InnerProducts.PLAIN);
    assertEquals(all.mean(), parts.mean(), 4 * parts.standardError() + .1 * all.mean());
    assertTrue(parts.standardError() > 0 && parts.mean() > 5 * parts.standardError());
  }

  @Test
  void kernelDistanceOfTheSamePopulationIsZeroWithinItsError() {
    Features one = new Features(normals(200, 4, 1, 3), 4);
    Features other = new Features(normals(200, 4, 1, 4), 4);
    var distance = KernelDistance.of(one, other, new SplittableRandom(1), InnerProducts.PLAIN);
    assertEquals(100, distance.subsetSize());
    assertEquals(0, distance.mean(), .2);
  }

  @Test
  void coverageOfASetByItselfIsFullAndByAFarSetIsNone() {
    Features one = new Features(normals(1203, 3, 1, 3), 3);
    var own = SetCoverage.of(one, one, 5, InnerProducts.PLAIN);
    assertEquals(1, own.precision());
    assertEquals(1, own.recall());
    assertEquals(1, own.coverage());
    float[] moved = normals(50, 3, 1, 4);
    for (int index = 0; index < moved.length; index++) {
      moved[index] += 100;
    }
    var far = SetCoverage.of(new Features(moved, 3), one, 5, InnerProducts.PLAIN);
    assertEquals(0, far.precision() + far.recall() + far.density() + far.coverage());
  }

  @Test
  void oneDroppedModeCostsCoverageAndNotPrecision() {
    float[] both = normals(400, 2, 1, 5);
    for (int row = 0; row < 200; row++) {
      both[2 * row] += 50;
    }
    Features real = new Features(both, 2);
    Features drawings = new Features(Arrays.copyOfRange(normals(400, 2, 1, 6), 400, 800), 2);
    var coverage = SetCoverage.of(drawings, real, 5, InnerProducts.PLAIN);
    assertTrue(coverage.precision() > .9, coverage.toString());
    assertEquals(.5, coverage.recall(), .05);
    assertEquals(.5, coverage.coverage(), .05);
  }

  @Test
  void confidencesOnABinsEdgeBelongToTheLowerBin() {
    float third = 1f / 3;
    var calibration = Calibration.of(new float[] {third, third, third}, 3, new int[] {0});
    // 1/3 as a float lies above 5/15.
    assertEquals(1, calibration.bins().get(5).count());
    var sure = Calibration.of(new float[] {1, 0, 0}, 3, new int[] {1});
    assertEquals(1, sure.bins().get(14).count());
    assertEquals(1, sure.expectedError());
  }

  @Test
  void fiveClassesHaveNoTopFiveAccuracy() {
    float[] logits = normals(20, 5, 1, 8);
    assertTrue(Double.isNaN(ClassificationQuality.of(logits, 5, new int[20]).topFiveAccuracy()));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    float[] logits = {1e30f, 0, -1e30f};
    assertEquals(0, NegativeLogLikelihood.of(logits, 3, new int[] {0}));
    assertEquals(2e30, NegativeLogLikelihood.of(logits, 3, new int[] {2}), 1e24);
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedByPlace() {
    float[] logits = {1, 2, 3, Float.NaN};
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClassificationQuality.of(logits, 2, new int[] {0, 1}));
    assertEquals(
        "logit 1 of image 1 is NaN: a figure of such numbers would say nothing",
        refusal.getMessage());
    float[] infinite = {Float.POSITIVE_INFINITY, 1};
    assertThrows(IllegalArgumentException.class, () -> new Features(infinite, 1));
    assertThrows(IllegalArgumentException.class, () -> ClassifierScore.of(logits, 2));
    double[] scores = {1, Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> AreaUnderRoc.of(scores, new double[1]));
  }

  @Test
  void setsThatAreTooSmallAreRefused() {
    Features two = new Features(new float[] {1, 2}, 1);
    Features one = new Features(new float[] {1}, 1);
    assertThrows(IllegalArgumentException.class, () -> FeatureStatistics.of(one));
    assertThrows(
        IllegalArgumentException.class, () -> SetCoverage.of(two, two, 2, InnerProducts.PLAIN));
    assertThrows(
        IllegalArgumentException.class,
        () -> KernelDistance.of(two, two, 1, 3, new SplittableRandom(1), InnerProducts.PLAIN));
    assertThrows(
        IllegalArgumentException.class, () -> ClassifierScore.ofSplits(new float[] {1, 1}, 1, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> NegativeLogLikelihood.of(new float[4], 2, new int[] {0, 2}));
  }

  private static FeatureStatistics statistics(float[] features, int width) {
    return FeatureStatistics.of(new Features(features, width));
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
