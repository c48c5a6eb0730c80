package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stic.sampler.ChainTrace;

/** On chains that are made up: an autoregression as class term, white noise as Gram loss. */
class ChainSummaryTest {
  private static final int CHAINS = 4;
  private static final int STEPS = 4000;
  private static final double PHI = .8;

  private static ChainTrace trace() {
    Random random = new Random(3);
    List<ChainTrace.Point> points = new ArrayList<>();
    float[] none = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
    points.add(
        new ChainTrace.Point(0, new float[CHAINS], new float[CHAINS], new float[CHAINS], none));
    float[] last = new float[CHAINS];
    for (int t = 0; t < STEPS; t++) {
      float[] classTerm = new float[CHAINS];
      float[] gramLoss = new float[CHAINS];
      float[] drift = new float[CHAINS];
      for (int chain = 0; chain < CHAINS; chain++) {
        classTerm[chain] = (float) (PHI * last[chain] + random.nextGaussian());
        gramLoss[chain] = (float) random.nextGaussian();
        drift[chain] = t;
      }
      last = classTerm;
      points.add(
          new ChainTrace.Point(6 + t, classTerm, gramLoss, drift, new float[] {0, 1, .5f, .5f}));
    }
    return new ChainTrace(points, 0, 5, .1f);
  }

  @Test
  void summariesFindWhatTheChainsAre() {
    ChainSummary summary = ChainSummary.of("cat", .01, trace());
    assertEquals(STEPS, summary.exactSteps());
    assertEquals(List.of(0.0, 1.0, .5, .5), summary.acceptance());
    ChainSummary.Functional regression = summary.functionals().get(0);
    double expected = CHAINS * STEPS * (1 - PHI) / (1 + PHI);
    assertEquals(expected, regression.effectiveSampleSize(), .2 * expected);
    assertEquals(PHI, regression.autocorrelation().get(1), .03);
    assertEquals(1, regression.rhat(), .01);
    ChainSummary.Functional noise = summary.functionals().get(1);
    assertEquals(CHAINS * STEPS, noise.effectiveSampleSize(), .1 * CHAINS * STEPS);
    ChainSummary.Functional drift = summary.functionals().get(2);
    assertTrue(drift.rhat() > 1.5, "a drift must not pass for mixing: " + drift.rhat());
    assertTrue(drift.effectiveSampleSize() < 20, drift.toString());
  }
}
