package org.stic.bench.profile;

import java.util.OptionalDouble;

/**
 * What is measured of a subject, and for how long.
 *
 * @param cold whether with a flushed cache
 * @param hot whether back to back
 * @param calls whether each call by itself too
 * @param flushBytes that are read and written before each cold sample; 0 for twice the cache
 * @param stop when samples are enough
 * @param guard which samples count
 * @param copyCeiling GB/s that a copy reaches in the same run, where it was measured
 * @param matrixCeiling GFLOP/s that a large product reaches in the same run, where it was measured
 */
public record DeviceTimeSettings(
    boolean cold,
    boolean hot,
    boolean calls,
    long flushBytes,
    StopRule stop,
    ClockGuard guard,
    OptionalDouble copyCeiling,
    OptionalDouble matrixCeiling) {
  /** The words that options may use, as a list for error messages. */
  private static final String KNOWN =
      "cold, hot, calls, flush, samples, seconds, deviation, max, clock, copy, matrix";

  /** Both temperatures, each call, standard rules. */
  public static final DeviceTimeSettings STANDARD =
      new DeviceTimeSettings(
          true,
          true,
          true,
          0,
          StopRule.STANDARD,
          ClockGuard.STANDARD,
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /**
   * Reads options such as {@code cold=false;max=2;flush=64M}; an empty line means {@link
   * #STANDARD}.
   *
   * @throws IllegalArgumentException naming the option and what would be right
   */
  public static DeviceTimeSettings parse(String line) {
    OptionLine options = OptionLine.parse(line, KNOWN);
    StopRule stop = StopRule.STANDARD;
    DeviceTimeSettings settings =
        new DeviceTimeSettings(
            options.truth("cold", true),
            options.truth("hot", true),
            options.truth("calls", true),
            options.bytes("flush", 0),
            new StopRule(
                Math.toIntExact(options.count("samples", stop.leastSamples())),
                options.amount("seconds", stop.leastSeconds()),
                options.share("deviation", stop.relativeDeviation()),
                options.amount("max", stop.mostSeconds())),
            new ClockGuard(options.share("clock", ClockGuard.STANDARD.leastShare())),
            options.optionalAmount("copy"),
            options.optionalAmount("matrix"));
    if (!settings.cold && !settings.hot) {
      throw new IllegalArgumentException("cold=false and hot=false leave nothing to measure");
    }
    return settings;
  }
}
