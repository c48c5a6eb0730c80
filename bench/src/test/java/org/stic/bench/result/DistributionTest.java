package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final double EXACT = 1e-12;

  /** Expected values by NumPy: percentile, std with ddof=1. */
  @Test
  void summariesAreThoseOfOtherPrograms() {
    Distribution samples = Distribution.of(7, 1, 5, 2, 100, 3);
    assertEquals(4, samples.median(), EXACT);
    assertEquals(2.25, samples.lowerQuartile(), EXACT);
    assertEquals(6.5, samples.upperQuartile(), EXACT);
    assertEquals(4.25, samples.interquartileRange(), EXACT);
    assertEquals(1, samples.minimum(), EXACT);
    assertEquals(100, samples.maximum(), EXACT);
    assertEquals(118.0 / 6, samples.mean(), EXACT);
    assertEquals(39.41404149115726, samples.standardDeviation(), 1e-10);
    assertEquals(39.41404149115726 * 6 / 118, samples.relativeDeviation(), 1e-10);
  }

  @Test
  void oneSampleHasNoSpread() {
    Distribution one = Distribution.of(3);
    assertEquals(3, one.median(), EXACT);
    assertEquals(0, one.interquartileRange(), EXACT);
    assertEquals(0, one.relativeDeviation(), EXACT);
    assertEquals(0, Distribution.of(0, 0).relativeDeviation(), EXACT);
  }

  /** A machine that is slow for a while slows both of a pair: the ratios do not see it. */
  @Test
  void ratiosArePaired() {
    Distribution ratios = Distribution.ratios(List.of(2.0, 20.0, 2.0), List.of(1.0, 10.0, 1.0));
    assertEquals(2, ratios.minimum(), EXACT);
    assertEquals(2, ratios.maximum(), EXACT);
    assertThrows(
        IllegalArgumentException.class, () -> Distribution.ratios(List.of(1.0), List.of()));
  }

  @Test
  void nothingHasNoDistribution() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.of());
  }
}
