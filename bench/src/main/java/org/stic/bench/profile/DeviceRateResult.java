package org.stic.bench.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowResult;

/**
 * What follows from a device time, as a secondary result of JMH: the mean over forks. JMH's own
 * scalars would count as 0 in the iterations that have none, and only a fork's last has one.
 */
final class DeviceRateResult extends Result<DeviceRateResult> implements RowResult {
  private static final long serialVersionUID = 1L;

  DeviceRateResult(String label, String unit, double... values) {
    super(ResultRole.SECONDARY, label, new ListStatistics(values), unit, AggregationPolicy.AVG);
  }

  /** None: it follows from the row of the time. */
  @Override
  public List<Row> rows(String benchmark, Map<String, String> parameters) {
    return List.of();
  }

  @Override
  protected Aggregator<DeviceRateResult> getThreadAggregator() {
    return DeviceRateResult::joined;
  }

  @Override
  protected Aggregator<DeviceRateResult> getIterationAggregator() {
    return DeviceRateResult::joined;
  }

  private static DeviceRateResult joined(Collection<DeviceRateResult> results) {
    DeviceRateResult any = results.iterator().next();
    double[] values = results.stream().mapToDouble(DeviceRateResult::getScore).toArray();
    return new DeviceRateResult(any.getLabel(), any.getScoreUnit(), values);
  }
}
