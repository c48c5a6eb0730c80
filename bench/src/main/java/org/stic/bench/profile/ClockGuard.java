package org.stic.bench.profile;

import org.stic.cuda.GpuReading;

/**
 * Which samples count: those taken while the multiprocessors ran at a share of the clock that the
 * vendor promises. Where no clock is known all count.
 *
 * @param leastShare of the clock; nvbench takes 0.75
 */
record ClockGuard(double leastShare) {
  static final ClockGuard STANDARD = new ClockGuard(0.75);

  boolean accepts(GpuReading reading) {
    return switch (reading) {
      case GpuReading.Absent _ -> true;
      case GpuReading.Values values ->
          values.smMegahertz().isEmpty()
              || values.defaultSmMegahertz().isEmpty()
              || values.smMegahertz().getAsInt()
                  >= leastShare * values.defaultSmMegahertz().getAsInt();
    };
  }
}
