package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against published tables, and the normal approximation against the exact distribution. */
class RankSumTailTest {
  private final RankSumTail tail = new RankSumTail();

  /** Critical values of U, two-sided 5 %, plus one (Mann and Whitney, 1947, and later tables). */
  @Test
  void cutsAreThoseOfTheTables() {
    assertEquals(0, tail.cut(3, 3, 0.05));
    assertEquals(1, tail.cut(4, 4, 0.05));
    assertEquals(3, tail.cut(5, 5, 0.05));
    assertEquals(24, tail.cut(10, 10, 0.05));
    assertEquals(27, tail.cut(8, 14, 0.05));
    assertEquals(128, tail.cut(20, 20, 0.05));
  }

  /** All of ten before all of ten others: 2 of 184,756 orders. */
  @Test
  void completeSeparationHasItsProbability() {
    double probability = 2.0 / 184_756;
    assertEquals(1, tail.cut(10, 10, probability * 1.000001));
    assertEquals(0, tail.cut(10, 10, probability * 0.999999));
  }

  @Test
  void normalTailsAreNotTooGenerous() {
    for (double level : new double[] {0.05, 0.001, 1e-5}) {
      int exact = tail.cut(40, 40, level);
      int normal = tail.cut(41, 40, level);
      assertEquals(1, (double) normal / exact, 0.05, () -> "level " + level);
    }
  }
}
