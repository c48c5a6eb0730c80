package org.stic.bench.profile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.stic.bench.result.MachineCondition;
import org.stic.cuda.Device;
import org.stic.cuda.GpuMonitor;
import org.stic.cuda.GpuReading;

/** Watches the machine from one moment to another. Linux tells; elsewhere nothing is known. */
public final class MachineWatch {
  private static final Path TIMES = Path.of("/proc/stat");
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final double SECONDS_PER_NANOSECOND = 1e-9;
  private static final long GLANCE_MILLISECONDS = 250;

  private final ProcessorTimes before = times();
  private final double ownBefore = ownSeconds();

  private MachineWatch() {}

  /** Begins to watch. */
  public static MachineWatch start() {
    return new MachineWatch();
  }

  /** What the machine did since the watch began; a few hundredths of a second tell little. */
  public MachineLoad load() {
    return MachineLoad.of(
        times().since(before),
        ownSeconds() - ownBefore,
        Runtime.getRuntime().availableProcessors(),
        Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
        megahertz());
  }

  /** The machine's state now, from a quarter of a second in which this thread does nothing. */
  public static MachineCondition glance(Device device) throws InterruptedException {
    MachineWatch watch = start();
    Thread.sleep(GLANCE_MILLISECONDS);
    try (GpuMonitor monitor = GpuMonitor.of(device)) {
      return watch.load().condition(gpu(monitor.read()));
    }
  }

  /** A GPU's state as results store it; null without one, or where it does not tell its clock. */
  static MachineCondition.Gpu gpu(GpuReading reading) {
    return switch (reading) {
      case GpuReading.Absent _ -> null;
      case GpuReading.Values values when values.smMegahertz().isEmpty() -> null;
      case GpuReading.Values values ->
          new MachineCondition.Gpu(
              values.smMegahertz().getAsInt(),
              values.milliwatts().orElse(0) / 1e3,
              values.celsius().orElse(0),
              values.throttleReasons().stream().map(Enum::name).sorted().toList());
    };
  }

  private static ProcessorTimes times() {
    List<String> lines = lines(TIMES);
    return lines.isEmpty() ? new ProcessorTimes(0, 0, 0, 1) : ProcessorTimes.parse(lines);
  }

  private static double ownSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? SECONDS_PER_NANOSECOND * system.getProcessCpuTime()
        : 0;
  }

  private static OptionalDouble megahertz() {
    return lines(DESCRIPTION).stream()
        .filter(line -> line.startsWith("cpu MHz"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .filter(text -> text.matches("[0-9]+(\\.[0-9]+)?"))
        .mapToDouble(Double::parseDouble)
        .max();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }
}
