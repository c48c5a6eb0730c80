package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.stic.bench.result.Row;

/**
 * Device time beside JMH's host time: {@code -prof org.stic.bench.profile.DeviceTimeProfiler}, with
 * options behind a colon ({@link DeviceTimeSettings#parse}).
 *
 * <p>At the end of each fork, when the benchmark is warm and closes what it ran, that is run again
 * between events of the driver. JMH gets each time in microseconds, GB/s and GFLOP/s by the
 * definition of the work, and the percentage of the ceilings if they are given. {@link #rows} has
 * all samples.
 */
public final class DeviceTimeProfiler implements InternalProfiler {
  private final DeviceTimeSettings settings;
  private final List<DeviceTime> times = new ArrayList<>();

  /** Standard settings. */
  public DeviceTimeProfiler() throws ProfilerException {
    this("");
  }

  /** Settings by the words behind the profiler's name. */
  public DeviceTimeProfiler(String line) throws ProfilerException {
    try {
      settings = DeviceTimeSettings.parse(line);
    } catch (IllegalArgumentException e) {
      throw new ProfilerException("DeviceTimeProfiler: " + e.getMessage());
    }
  }

  @Override
  public String getDescription() {
    return "Device time of the benchmark's kernels by the driver's events, cold and hot";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    Subjects.listen(this::measure);
  }

  private void measure(Subject subject) {
    List<DeviceTime> measured = new DeviceTimer(settings).measure(subject);
    synchronized (times) {
      times.addAll(measured);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Subjects.ignore();
    synchronized (times) {
      List<Result<?>> results = results(times);
      times.clear();
      return results;
    }
  }

  private List<Result<?>> results(List<DeviceTime> measured) {
    List<Result<?>> results = new ArrayList<>();
    for (DeviceTime time : measured) {
      results.add(new DeviceTimeResult(List.of(time)));
      addRate(results, time, "gigabytes", time.gigabytesPerSecond(), "GB/s");
      addRate(results, time, "gigaflops", time.gigaflopsPerSecond(), "GFLOP/s");
      addShare(results, time, "of copy", time.gigabytesPerSecond(), settings.copyCeiling());
      addShare(results, time, "of matrix", time.gigaflopsPerSecond(), settings.matrixCeiling());
    }
    return results;
  }

  private static void addShare(
      List<Result<?>> results, DeviceTime time, String name, double rate, OptionalDouble ceiling) {
    if (ceiling.isPresent()) {
      addRate(results, time, name, 100 * rate / ceiling.getAsDouble(), "%");
    }
  }

  private static void addRate(
      List<Result<?>> results, DeviceTime time, String name, double value, String unit) {
    if (value > 0) {
      results.add(new DeviceRateResult(time.label() + ": " + name, unit, value));
    }
  }

  /**
   * The device times of a benchmark that ran under this profiler, with the samples of all forks.
   */
  public static List<Row> rows(RunResult run) {
    BenchmarkParams params = run.getParams();
    Map<String, String> parameters = new TreeMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    String benchmark = params.getBenchmark();
    String name =
        benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    return run.getAggregatedResult().getSecondaryResults().values().stream()
        .filter(DeviceTimeResult.class::isInstance)
        .map(result -> ((DeviceTimeResult) result).time().row(name, parameters))
        .toList();
  }
}
