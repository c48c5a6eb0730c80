package org.stic.metrics;

/**
 * The potential scale reduction R-hat, rank-normalised and split: near 1 where chains have mixed;
 * values above 1.01 say that they have not.
 *
 * <p>Source: Vehtari et al., Bayesian Analysis, 2021: the larger of the statistic of the ranks and
 * of the ranks of folded values.
 */
public final class SplitRhat {
  private SplitRhat() {}

  /**
   * The statistic; NaN where no value differs from another.
   *
   * @param chains series of equal length, at least 4 steps; one chain is enough, being split
   */
  public static double of(double[][] chains) {
    SplitChains split = SplitChains.of(chains);
    return Math.max(ratio(split.rankNormalised()), ratio(split.folded().rankNormalised()));
  }

  private static double ratio(SplitChains split) {
    return Math.sqrt(split.varianceEstimate() / split.varianceWithin());
  }
}
