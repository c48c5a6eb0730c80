package org.stic.bench.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.stic.cuda.Device;
import org.stic.cuda.GpuMonitor;

/** Measures the device time of what a benchmark runs: all of it, and each call. */
public final class DeviceTimer {
  /** A span that is run back to back should not be shorter: events tell half a microsecond. */
  private static final double LEAST_SECONDS = 1e-3;

  private static final int MOST_REPEATS = 1000;
  private static final int MOST_NODES = 4096;
  private static final double SECONDS_PER_NANOSECOND = 1e-9;

  private final DeviceTimeSettings settings;

  public DeviceTimer(DeviceTimeSettings settings) {
    this.settings = settings;
  }

  /**
   * Measures a subject, cold first. A part of which no sample counts is left out. The device must
   * be current in the calling thread.
   */
  public List<DeviceTime> measure(Subject subject) {
    List<DeviceTime> times = new ArrayList<>();
    try (GpuMonitor monitor = GpuMonitor.of(subject.device())) {
      if (settings.cold()) {
        times.addAll(cold(subject, monitor));
      }
      if (settings.hot()) {
        times.addAll(hot(subject, monitor));
      }
    }
    return times;
  }

  private List<DeviceTime> cold(Subject subject, GpuMonitor monitor) {
    Device device = subject.device();
    try (CacheFlush flush = new CacheFlush(device, settings.flushBytes())) {
      return sets(subject).stream()
          .flatMap(
              spans -> sample(Timeline.cold(device, spans, flush), spans, true, monitor).stream())
          .toList();
    }
  }

  private List<DeviceTime> hot(Subject subject, GpuMonitor monitor) {
    Device device = subject.device();
    return sets(subject).stream()
        .flatMap(
            spans ->
                sample(Timeline.hot(device, spans, repeats(device, spans)), spans, false, monitor)
                    .stream())
        .toList();
  }

  /** All as one span, and where there are several calls and somebody wants them, one span each. */
  private List<List<Span>> sets(Subject subject) {
    List<Span> whole = List.of(subject.whole());
    return settings.calls() && subject.calls().size() > 1
        ? List.of(whole, subject.calls())
        : List.of(whole);
  }

  /** How often a single span is run for one sample; several follow each other once. */
  private static int repeats(Device device, List<Span> spans) {
    if (spans.size() > 1) {
      return 1;
    }
    try (Timeline once = Timeline.hot(device, spans, 1)) {
      double seconds = Math.max(once.run()[0], once.run()[0]);
      int fitting = Math.max(1, MOST_NODES / spans.getFirst().work().size());
      return Math.clamp(
          (long) Math.ceil(LEAST_SECONDS / Math.max(seconds, SECONDS_PER_NANOSECOND)),
          1,
          Math.min(fitting, MOST_REPEATS));
    }
  }

  private List<DeviceTime> sample(
      Timeline timeline, List<Span> spans, boolean cold, GpuMonitor monitor) {
    List<Series> series = Stream.generate(Series::new).limit(spans.size()).toList();
    MachineWatch watch = MachineWatch.start();
    long start = System.nanoTime();
    try (timeline) {
      do {
        double[] seconds = timeline.run();
        boolean counts = settings.guard().accepts(monitor.read());
        for (int i = 0; i < seconds.length; i++) {
          series.get(i).add(seconds[i], counts);
        }
      } while (!areDone(series, SECONDS_PER_NANOSECOND * (System.nanoTime() - start)));
    }
    return times(spans, series, cold, watch.load().isLoaded());
  }

  /**
   * All are asked, not only the first that is not done: each has its own memory of the last time.
   */
  private boolean areDone(List<Series> series, double seconds) {
    return series.stream().filter(one -> !one.isDone(settings.stop(), seconds)).count() == 0;
  }

  private static List<DeviceTime> times(
      List<Span> spans, List<Series> series, boolean cold, boolean loaded) {
    List<DeviceTime> times = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      double[] samples = series.get(i).samples();
      if (samples.length > 0) {
        times.add(
            new DeviceTime(
                spans.get(i).name(),
                cold,
                Arrays.stream(samples).boxed().toList(),
                series.get(i).discarded(),
                spans.get(i).cost().bytes(),
                spans.get(i).cost().flops(),
                loaded));
      }
    }
    return times;
  }
}
