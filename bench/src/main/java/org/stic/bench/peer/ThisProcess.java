package org.stic.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The process of sides that work inside this program. */
final class ThisProcess {
  private static final double SECONDS_PER_NANOSECOND = 1e-9;

  private ThisProcess() {}

  /** Processor time of all its threads. */
  static double processorSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return SECONDS_PER_NANOSECOND * system.getProcessCpuTime();
  }
}
