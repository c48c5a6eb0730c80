package org.stic.bench.result;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The tail of Mann and Whitney's U under the hypothesis that two groups of independent samples have
 * one distribution, whatever that is: U counts the pairs in which the second group's sample is the
 * smaller one. Exact for small groups by the recurrence of Mann and Whitney (1947)
 *
 * <pre>p(n, m, u) = n/(n+m) p(n-1, m, u-m) + m/(n+m) p(n, m-1, u),</pre>
 *
 * normal for larger ones, whose tails the normal distribution does not underrate.
 */
final class RankSumTail {
  /** Groups whose exact distribution is computed, in samples of both together. */
  private static final int MOST_EXACT = 80;

  private final Map<Long, double[]> known = new HashMap<>();

  /**
   * How many of the smallest of the n·m pairwise differences may lie on the wrong side of the
   * confidence interval: the greatest k with P(U &lt; k) ≤ level / 2. At 0 there is no interval.
   *
   * @param level probability that the interval of a difference misses it, on both sides together
   */
  int cut(int n, int m, double level) {
    return n + m <= MOST_EXACT ? exactCut(n, m, level / 2) : normalCut(n, m, level / 2);
  }

  private int exactCut(int n, int m, double tail) {
    double[] probabilities = known.computeIfAbsent(((long) n << 32) + m, _ -> exact(n, m));
    double sum = 0;
    int count = 0;
    while (sum + probabilities[count] <= tail) {
      sum += probabilities[count++];
    }
    return count;
  }

  private static int normalCut(int n, int m, double tail) {
    double pairs = (double) n * m;
    double deviation = Math.sqrt(pairs * (n + m + 1) / 12);
    double normal = -new NormalDistribution(null, 0, 1).inverseCumulativeProbability(tail);
    return (int) Math.max(0, Math.floor(pairs / 2 - normal * deviation));
  }

  /** P(U = u) for all u, from groups of nothing upwards. */
  private static double[] exact(int n, int m) {
    double[][] column = new double[m + 1][];
    for (int rows = 0; rows <= n; rows++) {
      double[][] next = new double[m + 1][];
      for (int others = 0; others <= m; others++) {
        next[others] = step(rows, others, column[others], others > 0 ? next[others - 1] : null);
      }
      column = next;
    }
    return column[m];
  }

  /**
   * One step of the recurrence.
   *
   * @param fewer probabilities of n - 1 and m
   * @param fewerOthers probabilities of n and m - 1
   */
  private static double[] step(int n, int m, double[] fewer, double[] fewerOthers) {
    double[] probabilities = new double[n * m + 1];
    if (n == 0 || m == 0) {
      probabilities[0] = 1;
      return probabilities;
    }
    for (int u = 0; u < probabilities.length; u++) {
      double shifted = u >= m ? fewer[u - m] : 0;
      double kept = u < fewerOthers.length ? fewerOthers[u] : 0;
      probabilities[u] = (n * shifted + m * kept) / (n + m);
    }
    return probabilities;
  }
}
