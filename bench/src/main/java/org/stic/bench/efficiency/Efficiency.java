package org.stic.bench.efficiency;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.stic.metrics.EffectiveSampleSize;
import org.stic.metrics.SplitRhat;

/**
 * How much the draws of a set of chains are worth. Chains that have not mixed have no effective
 * sample size: what was estimated from them would be the size of something else.
 *
 * @param rhat the largest rank-normalised split R-hat of all coordinates
 * @param least the smallest effective sample size of all coordinates' means; not for use unless
 *     {@link #isMixed}
 * @param median the median of these sizes
 * @param gradients gradients of single chains that the draws took
 * @param seconds that the draws took
 * @param acceptance fraction of proposals that were taken; NaN for samplers that take all
 * @param varianceRatio mean over the coordinates of the draws' variance over the target's; NaN
 *     where that is not known
 */
record Efficiency(
    double rhat,
    double least,
    double median,
    double gradients,
    double seconds,
    double acceptance,
    double varianceRatio) {
  /**
   * The largest R-hat of chains that have mixed. Vehtari et al. (2021) ask for 1.01 of one number;
   * this is the largest of about a hundred.
   */
  static final double LARGEST_RHAT = 1.05;

  /** What sampling took besides the draws. */
  record Price(double gradients, double seconds, double acceptance) {}

  /** Judges draws. */
  static Efficiency of(Draws draws, Price price, Optional<double[]> variances) {
    double[] sizes =
        coordinates(draws, kept -> EffectiveSampleSize.ofMean(draws.series(kept))).toArray();
    return new Efficiency(
        worst(coordinates(draws, kept -> SplitRhat.of(draws.series(kept)))),
        Arrays.stream(sizes).min().orElseThrow(),
        new Median().evaluate(sizes),
        price.gradients(),
        price.seconds(),
        price.acceptance(),
        variances.map(exact -> varianceRatio(draws, exact)).orElse(Double.NaN));
  }

  private static DoubleStream coordinates(Draws draws, IntToDoubleFunction statistic) {
    return IntStream.range(0, draws.count()).mapToDouble(statistic);
  }

  /** A coordinate that never moved has no R-hat: nothing is worse. */
  private static double worst(DoubleStream rhats) {
    return rhats
        .map(rhat -> Double.isNaN(rhat) ? Double.POSITIVE_INFINITY : rhat)
        .max()
        .orElseThrow();
  }

  /** Second moments about 0, which is the targets' mean. */
  private static double varianceRatio(Draws draws, double[] exact) {
    return coordinates(
            draws, kept -> meanSquare(draws.series(kept)) / exact[draws.coordinate(kept)])
        .average()
        .orElseThrow();
  }

  private static double meanSquare(double[][] series) {
    return Arrays.stream(series)
        .flatMapToDouble(DoubleStream::of)
        .map(value -> value * value)
        .average()
        .orElseThrow();
  }

  /** Whether the chains agree with each other and with themselves. */
  boolean isMixed() {
    return rhat <= LARGEST_RHAT;
  }

  /** Effective samples a second, by the worst coordinate; empty unless the chains have mixed. */
  OptionalDouble samplesPerSecond() {
    return isMixed() ? OptionalDouble.of(least / seconds) : OptionalDouble.empty();
  }

  /** Gradients for each effective sample of the worst coordinate; empty unless mixed. */
  OptionalDouble gradientsPerSample() {
    return isMixed() ? OptionalDouble.of(gradients / least) : OptionalDouble.empty();
  }
}
