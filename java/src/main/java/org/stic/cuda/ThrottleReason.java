package org.stic.cuda;

import java.util.EnumSet;
import java.util.Set;

/** Why a GPU's clocks are what they are; the bits of nvml.h, nvmlClocksThrottleReasons. */
public enum ThrottleReason {
  GPU_IDLE(0x1, false),
  APPLICATION_CLOCKS(0x2, false),
  SOFTWARE_POWER_CAP(0x4, true),
  HARDWARE_SLOWDOWN(0x8, true),
  SYNC_BOOST(0x10, true),
  SOFTWARE_THERMAL_SLOWDOWN(0x20, true),
  HARDWARE_THERMAL_SLOWDOWN(0x40, true),
  HARDWARE_POWER_BRAKE(0x80, true),
  DISPLAY_CLOCKS(0x100, false);

  private final long bit;
  private final boolean slowsWork;

  ThrottleReason(long bit, boolean slowsWork) {
    this.bit = bit;
    this.slowsWork = slowsWork;
  }

  /** Whether it takes speed from work that runs, unlike an idle GPU or clocks that somebody set. */
  public boolean slowsWork() {
    return slowsWork;
  }

  static Set<ThrottleReason> of(long bits) {
    Set<ThrottleReason> reasons = EnumSet.noneOf(ThrottleReason.class);
    for (ThrottleReason reason : values()) {
      if ((bits & reason.bit) != 0) {
        reasons.add(reason);
      }
    }
    return reasons;
  }
}
