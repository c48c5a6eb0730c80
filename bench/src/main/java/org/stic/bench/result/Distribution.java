package org.stic.bench.result;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The one place that summarises samples. Quantiles interpolate between neighbours (Hyndman and Fan,
 * 1996, type 7, as R and NumPy do by default).
 */
public final class Distribution {
  private static final double LOWER = 25;
  private static final double UPPER = 75;

  private final double[] values;

  private Distribution(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a distribution needs at least one sample");
    }
    this.values = values;
  }

  /** The distribution of samples, at least one. */
  public static Distribution of(double... samples) {
    return new Distribution(samples.clone());
  }

  /** The distribution of samples, at least one. */
  public static Distribution of(List<Double> samples) {
    return new Distribution(samples.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * The distribution of a[k] / b[k]: ratios of samples that were taken in turn, so that what slows
   * the machine for a while slows both.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static Distribution ratios(List<Double> a, List<Double> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "%d and %d samples are no pairs".formatted(a.size(), b.size()));
    }
    double[] ratios = new double[a.size()];
    Arrays.setAll(ratios, pair -> a.get(pair) / b.get(pair));
    return new Distribution(ratios);
  }

  /** Number of samples. */
  public int count() {
    return values.length;
  }

  public double median() {
    return quantile(50);
  }

  public double lowerQuartile() {
    return quantile(LOWER);
  }

  public double upperQuartile() {
    return quantile(UPPER);
  }

  /** Upper less lower quartile: half of the samples are within. */
  public double interquartileRange() {
    return upperQuartile() - lowerQuartile();
  }

  public double minimum() {
    return StatUtils.min(values);
  }

  public double maximum() {
    return StatUtils.max(values);
  }

  public double mean() {
    return StatUtils.mean(values);
  }

  /** The n-th root of the product, for ratios; all samples above 0. */
  public double geometricMean() {
    return StatUtils.geometricMean(values);
  }

  /** Standard deviation of the sample (divisor n - 1); 0 for one value. */
  public double standardDeviation() {
    return values.length < 2 ? 0 : new StandardDeviation().evaluate(values);
  }

  /** Standard deviation over mean; 0 where all samples are 0. */
  public double relativeDeviation() {
    double deviation = standardDeviation();
    return deviation == 0 ? 0 : deviation / Math.abs(mean());
  }

  /** The samples in the order they were taken. */
  public double[] values() {
    return values.clone();
  }

  private double quantile(double percent) {
    return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
  }
}
