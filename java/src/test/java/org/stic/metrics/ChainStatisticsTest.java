package org.stic.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against ArviZ 0.23.4 on series that both sides make bit for bit, and against closed forms. */
class ChainStatisticsTest {

  /** {@code x_t = phi x_{t-1} + u_t + shift * chain}, u uniform from a 31-bit generator. */
  private static double[][] series(int chains, int length, double phi, double shift) {
    double[][] series = new double[chains][length];
    long state = 12345;
    for (int chain = 0; chain < chains; chain++) {
      double x = 0;
      for (int t = 0; t < length; t++) {
        state = (1103515245L * state + 12345) % (1L << 31);
        x = phi * x + (state / (double) (1L << 31) - .5);
        series[chain][t] = x + shift * chain;
      }
    }
    return series;
  }

  @ParameterizedTest
  @CsvSource({
    "4, 101, 0.0, 0.0, 1.0030773730545273, 410.4464618385146, 404.34014098641455",
    "4, 100, 0.7, 0.0, 1.0315095528630431, 70.17477679320949, 68.90142658415017",
    "3, 250, 0.9, 0.0, 1.0621258612555602, 60.816805916905025, 60.8795282606758",
    "4, 400, 0.5, 0.05, 1.0303343824253883, 402.00839947615293, 376.86240344726804",
    "4, 100, -0.4, 0.0, 1.0054682588997332, 1040.823996531185, 1040.823996531185",
  })
  void agreesWithArviz(
      int chains, int length, double phi, double shift, double rhat, double mean, double bulk) {
    double[][] series = series(chains, length, phi, shift);
    assertEquals(rhat, SplitRhat.of(series), 1e-9);
    assertEquals(mean, EffectiveSampleSize.ofMean(series), 1e-6 * mean);
    assertEquals(bulk, EffectiveSampleSize.ofBulk(series), 1e-6 * bulk);
  }

  @Test
  void oneChainIsEnough() {
    double[][] series = series(1, 400, .8, 0);
    assertEquals(45.14310057545149, EffectiveSampleSize.ofMean(series), 1e-6);
    assertTrue(SplitRhat.of(series) > .99);
  }

  @Test
  void autocorrelationAgreesWithArviz() {
    double[] expected = {1, 0.5975793941668719, 0.41587705530992036, 0.2753851159487807};
    assertArrayEquals(expected, Autocorrelation.of(series(4, 100, .7, 0)[0], 4), 1e-9);
  }

  /** An AR(1) process has rho_k = phi^k, so tau = (1 + phi) / (1 - phi). */
  @ParameterizedTest
  @CsvSource({"0.0", "0.5", "0.9"})
  void sizeOfAnAutoregressionIsTheClosedForm(double phi) {
    int chains = 4;
    int length = 20_000;
    double[][] series = new double[chains][length];
    Random random = new Random(1);
    for (double[] chain : series) {
      double x = random.nextGaussian() / Math.sqrt(1 - phi * phi);
      for (int t = 0; t < length; t++) {
        x = phi * x + random.nextGaussian();
        chain[t] = x;
      }
    }
    double expected = chains * length * (1 - phi) / (1 + phi);
    assertEquals(expected, EffectiveSampleSize.ofBulk(series), .1 * expected);
    assertEquals(phi * phi * phi, Autocorrelation.of(series[0], 4)[3], .04);
    assertEquals(1, SplitRhat.of(series), .01);
  }

  @Test
  void driftingAndDifferentlyScaledChainsAreFound() {
    double[][] drifting = series(2, 200, 0, 0);
    double[][] scaled = series(4, 200, 0, 0);
    for (int t = 0; t < 200; t++) {
      drifting[0][t] += t / 100.0;
      drifting[1][t] += t / 100.0;
      scaled[3][t] *= 10;
    }
    assertTrue(SplitRhat.of(drifting) > 1.3, "drift: " + SplitRhat.of(drifting));
    assertTrue(SplitRhat.of(scaled) > 1.1, "scale: " + SplitRhat.of(scaled));
  }

  @Test
  void shortAndUnequalChainsAreRefused() {
    double[][] unequal = {new double[8], new double[7]};
    assertThrows(IllegalArgumentException.class, () -> SplitRhat.of(unequal));
    assertThrows(IllegalArgumentException.class, () -> SplitRhat.of(new double[][] {{1, 2, 3}}));
    assertThrows(IllegalArgumentException.class, () -> Autocorrelation.of(new double[3], 4));
  }
}
