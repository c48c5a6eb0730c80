package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of the machine at one moment, before or after a measurement.
 *
 * @param loadAverage runnable threads over the last minute
 * @param processors how many the program may use
 * @param freeProcessors how many of them were idle
 * @param stolenPercent of the processors' time, taken by other guests of the same host
 * @param gpu state of the GPU; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineCondition(
    double loadAverage, int processors, double freeProcessors, double stolenPercent, Gpu gpu) {
  private static final double HALF_A_PROCESSOR = 0.5;
  private static final double MOST_STOLEN_PERCENT = 5;

  /**
   * The state of a GPU.
   *
   * @param clockMegahertz of its multiprocessors
   * @param powerWatts drawn
   * @param temperatureCelsius of the chip
   * @param throttleReasons why the clock is below what was asked for; empty where it is not
   */
  public record Gpu(
      double clockMegahertz,
      double powerWatts,
      double temperatureCelsius,
      List<String> throttleReasons) {
    public Gpu {
      Require.amount("clock_megahertz", clockMegahertz);
      Require.amount("power_watts", powerWatts);
      throttleReasons = List.copyOf(Require.elements("throttle_reasons", throttleReasons));
    }
  }

  public MachineCondition {
    Require.amount("load_average", loadAverage);
    Require.count("processors", processors);
    Require.amount("free_processors", freeProcessors);
    Require.amount("stolen_percent", stolenPercent);
  }

  /**
   * Why what was measured between this state and a later one is to be trusted less: other work kept
   * the processors that the program needs, or the GPU lowered its clock. The load afterwards is the
   * measurement's own.
   *
   * @param later the state after the measurement
   * @param threads of the processor that the measured program uses
   */
  public Set<Flag> disturbances(MachineCondition later, int threads) {
    Set<Flag> reasons = EnumSet.noneOf(Flag.class);
    boolean isTaken = freeProcessors < Math.min(threads, processors) - HALF_A_PROCESSOR;
    if (isTaken || Math.max(stolenPercent, later.stolenPercent) > MOST_STOLEN_PERCENT) {
      reasons.add(Flag.LOADED);
    }
    if (Stream.of(this, later).anyMatch(MachineCondition::isThrottled)) {
      reasons.add(Flag.THROTTLED);
    }
    return reasons;
  }

  private boolean isThrottled() {
    return gpu != null && !gpu.throttleReasons().isEmpty();
  }

  /** The GPU's state, where there is one. */
  public Optional<Gpu> findGpu() {
    return Optional.ofNullable(gpu);
  }
}
