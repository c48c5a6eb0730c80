package org.stic.bench.profile;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.stic.bench.result.Distribution;
import org.stic.bench.result.Flag;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowBuilder;
import org.stic.bench.result.RowKind;
import org.stic.kernels.Cost;

/**
 * Device time of one part of what a benchmark runs. JMH carries it from the process that measures
 * to the one that reports.
 *
 * @param part a kernel, with its node where it belongs to a program; empty for all
 * @param cold whether the cache was flushed before each sample, else it was run back to back
 * @param samples seconds, in the order they were taken
 * @param discarded samples that do not count, because the clock was too low
 * @param bytes that the definition of the work must move
 * @param flops that the definition of the work needs
 * @param loaded whether other programs left too few processors
 */
public record DeviceTime(
    String part,
    boolean cold,
    List<Double> samples,
    long discarded,
    long bytes,
    long flops,
    boolean loaded)
    implements Serializable {
  /** More discarded samples than this share mark a row. */
  private static final double TOLERATED_DISCARDS = 0.1;

  public DeviceTime {
    samples = List.copyOf(samples);
  }

  /** Median seconds. */
  public double median() {
    return Distribution.of(samples).median();
  }

  /** Achieved GB/s, by the bytes of the definition and the median. */
  public double gigabytesPerSecond() {
    return 1e-9 * bytes / median();
  }

  /** Achieved GFLOP/s, by the operations of the definition and the median. */
  public double gigaflopsPerSecond() {
    return 1e-9 * flops / median();
  }

  /** Whether so many samples were discarded that the rest is suspect too. */
  public boolean isThrottled() {
    return discarded > TOLERATED_DISCARDS * (discarded + samples.size());
  }

  /** Whether it is the time of all that the subject does. */
  boolean isWhole() {
    return part.isEmpty();
  }

  /** The same part measured again. */
  DeviceTime joined(DeviceTime other) {
    List<Double> all = Stream.concat(samples.stream(), other.samples.stream()).toList();
    return new DeviceTime(
        part, cold, all, discarded + other.discarded, bytes, flops, loaded || other.loaded);
  }

  /**
   * As results store it.
   *
   * @param subject what it is a part of; empty where the benchmark has one subject only
   * @param benchmark class and method
   * @param parameters of the benchmark by name
   */
  public Row row(String subject, String benchmark, Map<String, String> parameters) {
    RowBuilder row =
        Row.of(benchmark, parameters, cold ? RowKind.DEVICE_COLD : RowKind.DEVICE_HOT)
            .kernel((subject + " " + part).strip())
            .samples(samples)
            .discarded(discarded)
            .work(new Cost(bytes, flops));
    if (isThrottled()) {
      row.flag(Flag.THROTTLED);
    }
    if (loaded) {
      row.flag(Flag.LOADED);
    }
    return row.build();
  }
}
