package org.stic.bench.profile;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.stic.bench.result.Distribution;

/**
 * A device time as a secondary result of JMH, in microseconds: each fork gives its median, and what
 * JMH prints is their mean. All samples travel with it.
 */
public final class DeviceTimeResult extends Result<DeviceTimeResult> {
  private static final long serialVersionUID = 1L;

  private static final double MICROSECONDS = 1e6;

  private final List<DeviceTime> times;

  DeviceTimeResult(List<DeviceTime> times) {
    super(
        ResultRole.SECONDARY,
        times.getFirst().label(),
        new ListStatistics(times.stream().mapToDouble(t -> MICROSECONDS * t.median()).toArray()),
        "us/op",
        AggregationPolicy.AVG);
    this.times = List.copyOf(times);
  }

  /** The samples of all forks as one time. */
  public DeviceTime time() {
    DeviceTime first = times.getFirst();
    return new DeviceTime(
        first.part(),
        first.cold(),
        times.stream().flatMap(time -> time.samples().stream()).toList(),
        times.stream().mapToLong(DeviceTime::discarded).sum(),
        first.bytes(),
        first.flops(),
        times.stream().anyMatch(DeviceTime::loaded));
  }

  /** Median, quartiles, rates, and what speaks against them. */
  @Override
  protected String simpleExtendedInfo() {
    DeviceTime time = time();
    Distribution samples = Distribution.of(time.samples());
    return "%s: median %.3f us, quartiles %.3f and %.3f, %d samples%s%s%s%n"
        .formatted(
            time.label(),
            MICROSECONDS * samples.median(),
            MICROSECONDS * samples.lowerQuartile(),
            MICROSECONDS * samples.upperQuartile(),
            samples.count(),
            time.discarded() > 0 ? ", %d discarded".formatted(time.discarded()) : "",
            time.isThrottled() ? ", THROTTLED" : "",
            time.loaded() ? ", LOADED: other programs used the machine" : "");
  }

  @Override
  protected Aggregator<DeviceTimeResult> getThreadAggregator() {
    return DeviceTimeResult::joined;
  }

  @Override
  protected Aggregator<DeviceTimeResult> getIterationAggregator() {
    return DeviceTimeResult::joined;
  }

  private static DeviceTimeResult joined(Collection<DeviceTimeResult> results) {
    Stream<DeviceTime> all = results.stream().flatMap(result -> result.times.stream());
    return new DeviceTimeResult(all.toList());
  }
}
