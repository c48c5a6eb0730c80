package org.stic.bench.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
 * The device times of one subject as a secondary result of JMH: the score is the time of all its
 * calls in microseconds, the mean of the forks' medians. Each call's time and all samples travel
 * with it.
 */
public final class DeviceTimeResult extends Result<DeviceTimeResult> implements RowResult {
  private static final long serialVersionUID = 1L;

  private static final double MICROSECONDS = 1e6;
  private static final int MOST_LINES = 20;

  private final String subject;
  private final List<DeviceTime> times;

  /**
   * A result of one fork or several.
   *
   * @param subject its name, empty where the benchmark has one subject only
   * @param times all cold or all hot, those of all calls together among them
   */
  DeviceTimeResult(String subject, List<DeviceTime> times) {
    super(
        ResultRole.SECONDARY,
        label(subject, times.getFirst().cold()),
        new ListStatistics(
            times.stream()
                .filter(DeviceTime::isWhole)
                .mapToDouble(time -> MICROSECONDS * time.median())
                .toArray()),
        "us/op",
        AggregationPolicy.AVG);
    this.subject = subject;
    this.times = List.copyOf(times);
  }

  /** What JMH lists it as, such as {@code device.cold} or {@code device.hot program 2}. */
  static String label(String subject, boolean cold) {
    return ((cold ? "device.cold " : "device.hot ") + subject).strip();
  }

  /** The time of each part with the samples of all forks. */
  List<DeviceTime> times() {
    Map<String, DeviceTime> joined = new LinkedHashMap<>();
    times.forEach(time -> joined.merge(time.part(), time, DeviceTime::joined));
    return List.copyOf(joined.values());
  }

  @Override
  public List<Row> rows(String benchmark, Map<String, String> parameters) {
    return times().stream().map(time -> time.row(subject, benchmark, parameters)).toList();
  }

  /** All calls together, then those that take longest. */
  @Override
  public String extendedInfo() {
    StringBuilder text = new StringBuilder();
    List<DeviceTime> calls = times().stream().filter(time -> !time.isWhole()).toList();
    times().stream().filter(DeviceTime::isWhole).forEach(time -> text.append(line(time, "all")));
    double sum = calls.stream().mapToDouble(DeviceTime::median).sum();
    calls.stream()
        .sorted(Comparator.comparingDouble(DeviceTime::median).reversed())
        .limit(MOST_LINES)
        .forEach(time -> text.append(line(time, "%.1f %%".formatted(100 * time.median() / sum))));
    if (calls.size() > MOST_LINES) {
      text.append("  %d shorter calls%n".formatted(calls.size() - MOST_LINES));
    }
    return text.toString();
  }

  private static String line(DeviceTime time, String share) {
    return "  %10.3f us %7s %8.2f GB/s %9.2f GFLOP/s %6d samples%s%s%s  %s%n"
        .formatted(
            MICROSECONDS * time.median(),
            share,
            time.gigabytesPerSecond(),
            time.gigaflopsPerSecond(),
            time.samples().size(),
            time.discarded() > 0 ? ", %d discarded".formatted(time.discarded()) : "",
            time.isThrottled() ? ", THROTTLED" : "",
            time.loaded() ? ", LOADED" : "",
            time.part());
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
    return new DeviceTimeResult(
        results.iterator().next().subject,
        results.stream().flatMap(result -> result.times.stream()).toList());
  }
}
