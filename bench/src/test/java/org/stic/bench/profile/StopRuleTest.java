package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stic.bench.result.Distribution;

/** When samples are enough, on series that were made. */
class StopRuleTest {
  private static final StopRule RULE = StopRule.STANDARD;

  private static double[] normal(int count, double mean, double deviation) {
    Random random = new Random(7);
    double[] samples = new double[count];
    Arrays.setAll(samples, i -> mean + deviation * random.nextGaussian());
    return samples;
  }

  private static double[] constant(int count) {
    double[] samples = new double[count];
    Arrays.fill(samples, 2e-6);
    return samples;
  }

  @Test
  void steadySamplesAreEnoughAfterTenAndHalfASecond() {
    assertFalse(RULE.isDone(constant(9), 1));
    assertFalse(RULE.isDone(constant(1000), 0.49));
    assertTrue(RULE.isDone(constant(10), 0.5));
  }

  @Test
  void noisySamplesAreEnoughWhenTheirMedianIsKnown() {
    // A spread of 5 % gives the median to 0.5 % after (1.25 * 10)^2 = 157 samples.
    assertFalse(RULE.isDone(normal(60, 1, 0.05), 1));
    assertTrue(RULE.isDone(normal(400, 1, 0.05), 1));
    // nvbench, which looks at the spread, would go on for ever.
    assertTrue(Distribution.of(normal(400, 1, 0.05)).relativeDeviation() > 0.04);
  }

  @Test
  void theDeviationIsThatOfTheMedian() {
    // Medians of many series scatter by what the rule says of one.
    double[] medians = new double[2000];
    Random random = new Random(11);
    double said = 0;
    for (int series = 0; series < medians.length; series++) {
      double[] samples = new double[50];
      Arrays.setAll(samples, i -> 3 + 0.3 * random.nextGaussian());
      Distribution distribution = Distribution.of(samples);
      medians[series] = distribution.median();
      said += StopRule.relativeDeviation(distribution) / medians.length;
    }
    assertEquals(Distribution.of(medians).relativeDeviation(), said, 0.05 * said);
  }

  @Test
  void outliersDoNotKeepItGoing() {
    double[] samples = normal(400, 1, 0.001);
    Arrays.fill(samples, 0, 40, 50);
    assertTrue(RULE.isDone(samples, 1));
  }

  @Test
  void timeEndsEverything() {
    assertTrue(RULE.isDone(normal(12, 1, 0.5), 15));
    assertTrue(RULE.isDone(new double[0], 15));
    assertFalse(RULE.isDone(normal(12, 1, 0.5), 14.9));
  }

  @Test
  void twoThousandSamplesAreAlwaysEnough() {
    assertFalse(RULE.isDone(normal(1999, 1, 0.5), 1));
    assertTrue(RULE.isDone(normal(2000, 1, 0.5), 1));
  }

  @Test
  void aSeriesAsksTheRuleAgainAsItGrows() {
    Series series = new Series();
    double[] samples = normal(5000, 1, 0.05);
    int taken = 0;
    while (!series.isDone(RULE, 1)) {
      series.add(samples[taken++], true);
    }
    assertTrue(taken > 100 && taken < 400, taken + " samples");
    assertEquals(taken, series.samples().length);
    assertEquals(0, series.discarded());
  }

  @Test
  void discardedSamplesAreCountedAndTellNothing() {
    Series series = new Series();
    for (int i = 0; i < 30; i++) {
      series.add(1, i % 3 == 0);
    }
    assertEquals(10, series.samples().length);
    assertEquals(20, series.discarded());
  }
}
