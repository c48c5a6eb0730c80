package org.stic.metrics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * How well a score tells two sets apart: the probability that a member of the first set scores
 * higher than one of the second, ties counting half; 0.5 by chance.
 *
 * <p>Computed from ranks: {@code (R - n(n+1)/2) / (n m)}, R being the sum of the first set's mean
 * ranks (Mann and Whitney, 1947).
 */
public final class AreaUnderRoc {
  private AreaUnderRoc() {}

  /**
   * The area.
   *
   * @param higher scores of the set that ought to score higher
   * @param lower scores of the other set
   * @throws IllegalArgumentException if a set is empty or a score is NaN
   */
  public static double of(double[] higher, double[] lower) {
    if (higher.length == 0 || lower.length == 0) {
      throw new IllegalArgumentException("two sets of one or more scores are needed");
    }
    double[] all = DoubleStream.concat(Arrays.stream(higher), Arrays.stream(lower)).toArray();
    if (DoubleStream.of(all).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a score is NaN: it has no rank among the others");
    }
    double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(all);
    double sum = Arrays.stream(ranks, 0, higher.length).sum();
    double least = higher.length * (higher.length + 1.0) / 2;
    return (sum - least) / ((double) higher.length * lower.length);
  }
}
