package org.stic.bench.result;

import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * How much neighbours in a series have in common. A clock that drifts, or a machine that is busy
 * for a while, makes many samples say the same, so that they count for fewer.
 */
final class Autocorrelation {
  private static final int FEWEST = 4;

  /** Of its standard deviation 1/√n, above which a correlation is taken for real. */
  private static final double NOTICEABLE = 2.5;

  private Autocorrelation() {}

  /**
   * As how many independent samples a series counts: n (1 - r) / (1 + r) with the correlation r of
   * the ranks of neighbours where that is noticeable, else n; at least 1.
   */
  static int independentSamples(double[] series) {
    int count = series.length;
    if (count < FEWEST) {
      return count;
    }
    double correlation = neighbours(new NaturalRanking().rank(series));
    boolean isReal = correlation > NOTICEABLE / Math.sqrt(count);
    return isReal
        ? (int) Math.max(1, Math.floor(count * (1 - correlation) / (1 + correlation)))
        : count;
  }

  /** Correlation of each value with the next; 0 where all are equal. */
  private static double neighbours(double[] values) {
    double[] first = Arrays.copyOf(values, values.length - 1);
    double[] second = Arrays.copyOfRange(values, 1, values.length);
    double correlation = new PearsonsCorrelation().correlation(first, second);
    return Double.isNaN(correlation) ? 0 : correlation;
  }
}
