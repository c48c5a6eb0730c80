package org.stic.cuda;

import java.util.OptionalInt;
import java.util.Set;

/** What a GPU said of itself at one moment, or why nothing can be known. */
public sealed interface GpuReading {

  /**
   * A moment of a GPU. What this GPU does not tell is empty.
   *
   * @param smMegahertz clock of the multiprocessors
   * @param memoryMegahertz clock of the memory
   * @param defaultSmMegahertz the multiprocessors' clock that the vendor promises under load, else
   *     their highest
   * @param maxSmMegahertz the multiprocessors' highest clock
   * @param milliwatts power
   * @param celsius temperature
   * @param throttleReasons why the clocks are what they are
   */
  record Values(
      OptionalInt smMegahertz,
      OptionalInt memoryMegahertz,
      OptionalInt defaultSmMegahertz,
      OptionalInt maxSmMegahertz,
      OptionalInt milliwatts,
      OptionalInt celsius,
      Set<ThrottleReason> throttleReasons)
      implements GpuReading {
    public Values {
      throttleReasons = Set.copyOf(throttleReasons);
    }
  }

  /** Nothing is known, and why. */
  record Absent(String why) implements GpuReading {}
}
