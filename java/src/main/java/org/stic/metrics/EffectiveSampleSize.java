package org.stic.metrics;

/**
 * How many independent draws say as much about a mean as the given dependent ones: {@code N / tau},
 * {@code tau = 1 + 2 sum_k rho_k}, with autocorrelations over all split chains and the sum cut off
 * by Geyer's initial positive, monotone sequence of pairs.
 *
 * <p>Sources: Geyer, "Practical Markov chain Monte Carlo", 1992; Vehtari et al., Bayesian Analysis,
 * 2021.
 */
public final class EffectiveSampleSize {
  private EffectiveSampleSize() {}

  /**
   * The size for the mean of the values.
   *
   * @param chains series of equal length, at least 4 steps
   */
  public static double ofMean(double[][] chains) {
    return size(SplitChains.of(chains));
  }

  /** The size for the bulk of the distribution: that of the rank-normalised values. */
  public static double ofBulk(double[][] chains) {
    return size(SplitChains.of(chains).rankNormalised());
  }

  private static double size(SplitChains split) {
    double draws = (double) split.halves().length * split.length();
    double longest = draws * Math.log10(draws);
    return Math.min(draws / integratedTime(split), longest);
  }

  /** tau; at most 0 for antithetic chains, whose size has no bound but the caller's. */
  private static double integratedTime(SplitChains split) {
    double[] covariance = meanAutocovariance(split);
    double within = split.varianceWithin();
    double total = split.varianceEstimate();
    double time = -1;
    double smallest = Double.POSITIVE_INFINITY;
    for (int lag = 0; lag + 1 < covariance.length; lag += 2) {
      double even = lag == 0 ? 1 : 1 - (within - covariance[lag]) / total;
      double odd = 1 - (within - covariance[lag + 1]) / total;
      if (!(even + odd > 0)) {
        return Math.max(time + Math.max(even, 0), Double.MIN_NORMAL);
      }
      smallest = Math.min(smallest, even + odd);
      time += 2 * smallest;
    }
    return time;
  }

  private static double[] meanAutocovariance(SplitChains split) {
    double[] mean = new double[split.length()];
    for (double[] half : split.halves()) {
      double[] covariance = Autocorrelation.autocovariance(half, half.length);
      for (int lag = 0; lag < mean.length; lag++) {
        mean[lag] += covariance[lag] / split.halves().length;
      }
    }
    return mean;
  }
}
