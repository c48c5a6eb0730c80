package org.stic.metrics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Chains cut into halves, so that a drift within a chain shows as a difference between two.
 *
 * <p>Source: Vehtari, Gelman, Simpson, Carpenter, Burkner, "Rank-normalization, folding, and
 * localization: an improved R-hat for assessing convergence of MCMC", Bayesian Analysis, 2021.
 *
 * @param halves series of equal length; a middle value of odd chains is left out
 */
@SuppressWarnings("ArrayRecordComponent")
record SplitChains(double[][] halves) {
  private static final int SHORTEST = 4;

  /** Splits chains of equal length. */
  static SplitChains of(double[][] chains) {
    boolean isTooShort = chains.length == 0 || chains[0].length < SHORTEST;
    if (isTooShort || Stream.of(chains).anyMatch(chain -> chain.length != chains[0].length)) {
      throw new IllegalArgumentException(
          "one or more chains of the same length, at least %d, are needed".formatted(SHORTEST));
    }
    int half = chains[0].length / 2;
    return new SplitChains(
        Stream.of(chains)
            .flatMap(
                chain ->
                    Stream.of(
                        Arrays.copyOfRange(chain, 0, half),
                        Arrays.copyOfRange(chain, chain.length - half, chain.length)))
            .toArray(double[][]::new));
  }

  /** Length of each half. */
  int length() {
    return halves[0].length;
  }

  /** All values, half after half. */
  private double[] pooled() {
    return Stream.of(halves).flatMapToDouble(DoubleStream::of).toArray();
  }

  private SplitChains replaced(double[] pooled) {
    double[][] rows = new double[halves.length][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(pooled, row * length(), (row + 1) * length()));
    return new SplitChains(rows);
  }

  /**
   * Every value replaced by the normal quantile of its rank r among all S values, {@code Phi^-1((r
   * - 3/8) / (S + 1/4))}, so that heavy tails do no harm.
   */
  SplitChains rankNormalised() {
    double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(pooled());
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    Arrays.setAll(
        ranks,
        i -> normal.inverseCumulativeProbability((ranks[i] - 3.0 / 8) / (ranks.length + 1.0 / 4)));
    return replaced(ranks);
  }

  /** Every value replaced by its distance from the median, which shows differences of scale. */
  SplitChains folded() {
    double[] values = pooled();
    double median = new Median().evaluate(values);
    return replaced(DoubleStream.of(values).map(value -> Math.abs(value - median)).toArray());
  }

  /** Mean of the variances within the halves, W. */
  double varianceWithin() {
    return Stream.of(halves).mapToDouble(StatUtils::variance).average().orElseThrow();
  }

  /** {@code (n-1)/n W + variance of the halves' means}: the variance of the target, if mixed. */
  double varianceEstimate() {
    double[] means = Stream.of(halves).mapToDouble(StatUtils::mean).toArray();
    return varianceWithin() * (length() - 1) / length() + StatUtils.variance(means);
  }
}
