package org.stic.bench.profile;

import java.util.OptionalDouble;
import org.stic.bench.result.MachineCondition;

/**
 * What the machine did during a measurement.
 *
 * @param loadAverage runnable threads over the last minute
 * @param processors how many the machine has
 * @param usable how many of them this program may use
 * @param others processors that other programs kept busy, on average
 * @param stolen processors that other guests of the same host took, on average
 * @param idle processors that did nothing, on average
 * @param megahertz present clock of the fastest processor, where the system tells
 */
public record MachineLoad(
    double loadAverage,
    int processors,
    int usable,
    double others,
    double stolen,
    double idle,
    OptionalDouble megahertz) {
  /** The system itself, and a shell, use less. */
  private static final double TOLERATED = 0.25;

  /**
   * Of two readings of the processors' times, and this program's processor time between them.
   *
   * @param passed between the readings
   * @param ownSeconds of processor time that this program used meanwhile
   */
  static MachineLoad of(
      ProcessorTimes passed,
      double ownSeconds,
      int usable,
      double loadAverage,
      OptionalDouble megahertz) {
    double ticks = Math.max(1, (double) passed.total() / passed.processors());
    double busy = passed.busy() / ticks;
    double own = ownSeconds * ProcessorTimes.TICKS_PER_SECOND / ticks;
    return new MachineLoad(
        loadAverage,
        passed.processors(),
        usable,
        Math.max(0, busy - own),
        passed.stolen() / ticks,
        passed.idle() / ticks,
        megahertz);
  }

  /**
   * Whether others left fewer processors than this program may use: its times then say less about
   * it. A quarter of a processor is forgiven.
   */
  public boolean isLoaded() {
    return processors - others - stolen < usable - TOLERATED;
  }

  @Override
  public String toString() {
    return "of %d processors other programs took %.2f and other guests %.2f, load average %.2f%s"
        .formatted(
            processors,
            others,
            stolen,
            loadAverage,
            megahertz.isPresent() ? ", %.0f MHz".formatted(megahertz.getAsDouble()) : "");
  }

  /** As results store it. */
  public MachineCondition condition(MachineCondition.Gpu gpu) {
    return new MachineCondition(
        loadAverage, usable, idle, 100 * stolen / Math.max(1, processors), gpu);
  }
}
