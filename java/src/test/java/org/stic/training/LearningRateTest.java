package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void linearReachesBothEnds() {
    LearningRate rate = new LearningRate.Linear(1e-3, 1e-4);
    assertEquals(1e-3, rate.at(0, 300));
    assertEquals(1e-4, rate.at(299, 300), 1e-15);
    assertEquals(5.5e-4, rate.at(1, 3), 1e-15);
    assertEquals(1e-3, rate.at(0, 1));
  }

  @Test
  void oneCycleRisesToItsPeakAndFallsToAlmostNothing() {
    LearningRate rate = new LearningRate.OneCycle(2e-3);
    assertEquals(2e-3 / 25, rate.at(0, 1000), 1e-12);
    assertEquals(2e-3, rate.at(300, 1000), 1e-12);
    assertTrue(rate.at(999, 1000) < 1e-6);
    for (int update = 1; update < 1000; update++) {
      boolean rises = rate.at(update, 1000) >= rate.at(update - 1, 1000);
      assertEquals(update <= 300, rises, "update " + update);
    }
  }
}
