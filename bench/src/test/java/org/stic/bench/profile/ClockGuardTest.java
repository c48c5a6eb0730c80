package org.stic.bench.profile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stic.cuda.GpuReading;

class ClockGuardTest {
  private static GpuReading clock(OptionalInt now, OptionalInt promised) {
    OptionalInt unknown = OptionalInt.empty();
    return new GpuReading.Values(now, unknown, promised, unknown, unknown, unknown, Set.of());
  }

  private static boolean accepts(int now, int promised) {
    return ClockGuard.STANDARD.accepts(clock(OptionalInt.of(now), OptionalInt.of(promised)));
  }

  @Test
  void threeQuartersOfThePromisedClockAreEnough() {
    assertTrue(accepts(1980, 1600));
    assertTrue(accepts(1200, 1600));
    assertFalse(accepts(1199, 1600));
  }

  @Test
  void whatIsNotKnownIsNotHeldAgainstASample() {
    assertTrue(ClockGuard.STANDARD.accepts(new GpuReading.Absent("the device is the CPU")));
    assertTrue(ClockGuard.STANDARD.accepts(clock(OptionalInt.of(1), OptionalInt.empty())));
    assertTrue(ClockGuard.STANDARD.accepts(clock(OptionalInt.empty(), OptionalInt.of(1600))));
  }
}
