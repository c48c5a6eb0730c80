package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

  /** Differences 1, 2, 3: mean 2, deviation 1; Student's t with 2 degrees of freedom by hand. */
  @Test
  void aWorkedExample() {
    PairedDifference difference =
        PairedDifference.of(new double[] {11, 22, 33}, new double[] {10, 20, 30});
    assertEquals(2, difference.mean(), 1e-12);
    assertEquals(1 / Math.sqrt(3), difference.standardError(), 1e-12);
    double t = 2 * Math.sqrt(3);
    assertEquals(t, difference.t(), 1e-12);
    assertEquals(1 - t / Math.sqrt(2 + t * t), difference.pValue(), 1e-9);
    assertEquals(3, difference.pairs());
  }

  /** What the repetitions share must not count as spread. */
  @Test
  void pairingRemovesWhatTheRepetitionsShare() {
    double[] shared = {.60, .75, .90, .70};
    double[] better = new double[4];
    for (int i = 0; i < 4; i++) {
      better[i] = shared[i] + .02 + (i % 2 == 0 ? .001 : -.001);
    }
    PairedDifference difference = PairedDifference.of(better, shared);
    assertEquals(.02, difference.mean(), 1e-12);
    assertTrue(difference.standardError() < .001, difference.toString());
    assertTrue(difference.pValue() < .001, difference.toString());
  }

  @Test
  void onePairHasNoError() {
    PairedDifference difference = PairedDifference.of(new double[] {3}, new double[] {1});
    assertEquals(2, difference.mean());
    assertEquals(Double.NaN, difference.standardError());
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedDifference.of(new double[] {1, 2}, new double[] {1}));
  }

  @Test
  void spreadLeavesOutWhatWasNotMeasured() {
    MeanAndDeviation spread = MeanAndDeviation.of(List.of(1.0, Double.NaN, 3.0));
    assertEquals(2, spread.mean());
    assertEquals(Math.sqrt(2), spread.deviation(), 1e-12);
    assertEquals(List.of(1.0, 3.0), spread.values());
    assertEquals(Double.NaN, MeanAndDeviation.of(List.of()).mean());
    assertEquals(Double.NaN, MeanAndDeviation.of(List.of(5.0)).deviation());
  }
}
