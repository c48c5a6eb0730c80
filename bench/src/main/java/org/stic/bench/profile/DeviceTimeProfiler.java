package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Device time beside JMH's host time: {@code -prof org.stic.bench.profile.DeviceTimeProfiler}, with
 * options behind a colon ({@link DeviceTimeSettings#parse}).
 *
 * <p>At the end of each fork, when the benchmark is warm and closes what it ran, that is run again
 * between events of the driver. JMH gets each time in microseconds, GB/s and GFLOP/s by the
 * definition of the work, and the percentage of the ceilings if they are given. All samples travel
 * with {@link DeviceTimeResult}.
 */
public final class DeviceTimeProfiler implements InternalProfiler {
  private final DeviceTimeSettings settings;
  private final List<Result<?>> results = new ArrayList<>();

  /** Standard settings. */
  public DeviceTimeProfiler() throws ProfilerException {
    this("");
  }

  /** Settings by the words behind the profiler's name. */
  public DeviceTimeProfiler(String line) throws ProfilerException {
    try {
      settings = DeviceTimeSettings.parse(line);
    } catch (IllegalArgumentException e) {
      throw new ProfilerException("device: " + e.getMessage());
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
    MachineWatch watch = MachineWatch.start();
    List<DeviceTime> times = new DeviceTimer(settings).measure(subject);
    MachineLoad load = watch.load();
    if (load.isLoaded()) {
      System.out.println("device: " + load);
    }
    synchronized (results) {
      for (boolean cold : new boolean[] {true, false}) {
        add(subject.name(), times.stream().filter(time -> time.cold() == cold).toList());
      }
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Subjects.ignore();
    synchronized (results) {
      List<Result<?>> made = List.copyOf(results);
      results.clear();
      return made;
    }
  }

  /** Adds the times of one temperature, unless no sample of them counted. */
  private void add(String subject, List<DeviceTime> times) {
    for (DeviceTime whole : times.stream().filter(DeviceTime::isWhole).toList()) {
      results.add(new DeviceTimeResult(subject, times));
      String label = DeviceTimeResult.label(subject, whole.cold());
      addRate(label + ": gigabytes", whole.gigabytesPerSecond(), "GB/s");
      addRate(label + ": gigaflops", whole.gigaflopsPerSecond(), "GFLOP/s");
      addShare(label + ": of copy", whole.gigabytesPerSecond(), settings.copyCeiling());
      addShare(label + ": of matrix", whole.gigaflopsPerSecond(), settings.matrixCeiling());
    }
  }

  private void addShare(String label, double rate, OptionalDouble ceiling) {
    if (ceiling.isPresent()) {
      addRate(label, 100 * rate / ceiling.getAsDouble(), "%");
    }
  }

  private void addRate(String label, double value, String unit) {
    if (value > 0) {
      results.add(new DeviceRateResult(label, unit, value));
    }
  }
}
