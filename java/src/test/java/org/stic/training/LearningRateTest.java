package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void fallsInAStraightLineThatReachesBothEnds() {
    LearningRate rate = new LearningRate.Trapezium(1e-3, 1e-4, 0, 1);
    assertEquals(1e-3, rate.at(0, 300));
    assertEquals(1e-4, rate.at(299, 300), 1e-15);
    assertEquals(5.5e-4, rate.at(1, 3), 1e-15);
    assertEquals(1e-3, rate.at(0, 1));
  }

  @Test
  void risesThenStaysThenFalls() {
    LearningRate rate = new LearningRate.Trapezium(6e-3, 3e-4, 5, .4);
    assertEquals(1e-3, rate.at(0, 101), 1e-15);
    assertEquals(5e-3, rate.at(4, 101), 1e-15);
    assertEquals(6e-3, rate.at(5, 101), 1e-15);
    assertEquals(6e-3, rate.at(60, 101), 1e-15);
    assertEquals((6e-3 + 3e-4) / 2, rate.at(80, 101), 1e-15);
    assertEquals(3e-4, rate.at(100, 101), 1e-15);
    assertEquals(6e-3, new LearningRate.Trapezium(6e-3, 3e-4, 0, 0).at(100, 101));
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
