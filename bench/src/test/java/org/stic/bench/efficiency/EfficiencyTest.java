package org.stic.bench.efficiency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stic.bench.result.Row;
import org.stic.cuda.Device;
import org.stic.cuda.DeviceChoice;

class EfficiencyTest {
  private static final int CHAINS = 4;
  private static final int STEPS = 5000;
  private static final double SECONDS = 2;

  /** Stationary autoregressions of variance 1; chain c is moved by {@code c shift}. */
  private static Draws autoregression(double phi, double shift) {
    Draws draws = new Draws(CHAINS, 2, STEPS);
    Random random = new Random(7);
    float[] state = new float[2 * CHAINS];
    for (int index = 0; index < state.length; index++) {
      state[index] = (float) random.nextGaussian();
    }
    for (int step = 0; step < STEPS; step++) {
      float[] shown = new float[state.length];
      for (int index = 0; index < state.length; index++) {
        double noise = Math.sqrt(1 - phi * phi) * random.nextGaussian();
        state[index] = (float) (phi * state[index] + noise);
        int chain = index / 2;
        shown[index] = (float) (state[index] + chain * shift);
      }
      draws.add(step, shown);
    }
    return draws;
  }

  private static Efficiency judge(Draws draws) {
    Efficiency.Price price = new Efficiency.Price(CHAINS * STEPS, SECONDS, .5);
    return Efficiency.of(draws, price, Optional.of(new double[] {1, 1}));
  }

  /** rho_k = phi^k, so a draw is worth (1 - phi) / (1 + phi) of an independent one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.8})
  void anAutoregressionHasItsKnownWorth(double phi) {
    Efficiency found = judge(autoregression(phi, 0));
    double worth = (1 - phi) / (1 + phi);
    double size = CHAINS * STEPS * worth;
    assertEquals(size, found.least(), .12 * size);
    assertEquals(size, found.median(), .12 * size);
    assertEquals(size / SECONDS, found.samplesPerSecond().orElseThrow(), .12 * size / SECONDS);
    assertEquals(1 / worth, found.gradientsPerSample().orElseThrow(), .14 / worth);
    assertEquals(1, found.varianceRatio(), .1);
    assertEquals(1, found.rhat(), .02);
  }

  /** The negative control: chains in different places have a size by formula, but none by us. */
  @Test
  void chainsThatHaveNotMixedHaveNoSize() {
    Efficiency found = judge(autoregression(.5, 1));
    assertFalse(found.isMixed(), found.toString());
    assertTrue(found.samplesPerSecond().isEmpty());
    assertTrue(found.gradientsPerSample().isEmpty());
  }

  @Test
  void aChainThatNeverMovesHasNotMixed() {
    Draws still = new Draws(CHAINS, 1, STEPS);
    for (int step = 0; step < STEPS; step++) {
      still.add(step, new float[CHAINS]);
    }
    assertEquals(Double.POSITIVE_INFINITY, judge(still).rhat());
    assertFalse(judge(still).isMixed());
  }

  /**
   * Deviations that differ by a factor of 100: steps that fit the narrowest coordinate do not reach
   * the ends of the widest; scaled by the variances they do, and sample the right ones.
   */
  @Test
  void aPreconditionerIsWhatAnIllConditionedTargetNeeds() {
    try (Device device = Device.open(DeviceChoice.CPU);
        Target target = GaussianTarget.diagonal("ill-conditioned", 10, 1e4)) {
      Trial plain = new Trial(device, target, SamplerRule.MALA, 4, 800);
      Trial scaled = new Trial(device, target, SamplerRule.MALA_VARIANCE, 4, 800);
      Efficiency lost = plain.run(1);
      Efficiency found = scaled.run(1);
      assertFalse(lost.isMixed(), lost.toString());
      assertTrue(found.isMixed(), found.toString());
      assertEquals(1, found.varianceRatio(), .15);
      assertEquals(.574, found.acceptance(), .15);
      List<String> quantities = quantities(scaled, found);
      assertTrue(quantities.contains("effective samples per second"), quantities.toString());
      assertEquals(List.of("split R-hat", "acceptance"), quantities(plain, lost));
      assertTrue(EfficiencyCommand.line(plain, List.of(lost)).contains("not mixed"));
    }
  }

  private static List<String> quantities(Trial trial, Efficiency found) {
    return EfficiencyRows.of(trial, List.of(found)).stream().map(Row::quantity).toList();
  }
}
