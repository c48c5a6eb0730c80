package org.stic.metrics;

import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * How much one method is above another on the same repetitions, from the differences of pairs: what
 * the repetitions have in common, such as the training images, cancels out.
 *
 * @param mean mean difference
 * @param standardError deviation of the differences over the root of their number; NaN below two
 * @param t mean over standard error; infinite or NaN where all differences are equal
 * @param pValue two-sided probability of so large a t if the mean were 0, by Student's distribution
 * @param pairs number of pairs
 */
public record PairedDifference(
    double mean, double standardError, double t, double pValue, int pairs) {

  /** The difference {@code first - second} of values of the same repetitions in the same order. */
  public static PairedDifference of(double[] first, double[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "%d values cannot be paired with %d".formatted(first.length, second.length));
    }
    double mean = StatUtils.meanDifference(first, second);
    if (first.length < 2) {
      return new PairedDifference(mean, Double.NaN, Double.NaN, Double.NaN, first.length);
    }
    double error = Math.sqrt(StatUtils.varianceDifference(first, second, mean) / first.length);
    TTest test = new TTest();
    return new PairedDifference(
        mean, error, test.pairedT(first, second), test.pairedTTest(first, second), first.length);
  }
}
