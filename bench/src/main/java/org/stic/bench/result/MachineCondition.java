package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

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

  /** The GPU's state, where there is one. */
  public Optional<Gpu> findGpu() {
    return Optional.ofNullable(gpu);
  }
}
