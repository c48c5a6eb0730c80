package org.stic.metrics;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Mean and spread of one figure over repetitions such as seeds.
 *
 * @param mean NaN without values
 * @param deviation standard deviation of the values with n - 1 in the denominator; NaN below two
 * @param values the values themselves
 */
public record MeanAndDeviation(double mean, double deviation, List<Double> values) {
  public MeanAndDeviation {
    values = List.copyOf(values);
  }

  /** Summarises the values; those that are NaN were not measured and are left out. */
  public static MeanAndDeviation of(List<Double> values) {
    List<Double> measured = values.stream().filter(value -> !value.isNaN()).toList();
    SummaryStatistics statistics = new SummaryStatistics();
    measured.forEach(statistics::addValue);
    double deviation = measured.size() < 2 ? Double.NaN : statistics.getStandardDeviation();
    return new MeanAndDeviation(statistics.getMean(), deviation, measured);
  }
}
