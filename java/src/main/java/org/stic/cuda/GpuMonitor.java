package org.stic.cuda;

import java.nio.file.Path;
import java.util.List;

/**
 * Clocks, power, temperature and throttling of a device while it works, by NVIDIA's management
 * library. Where there is none, and on the CPU, every reading is {@link GpuReading.Absent} and says
 * why. Used by one thread at a time.
 */
public final class GpuMonitor implements AutoCloseable {
  private final Nvml library;
  private final String why;

  private GpuMonitor(Nvml library, String why) {
    this.library = library;
    this.why = why;
  }

  /** Watches the device; never fails. */
  public static GpuMonitor of(Device device) {
    if (!device.isGpu()) {
      return new GpuMonitor(null, "the device is the CPU");
    }
    return open(LibraryFinding.folders(NativeFolder.locate()), device.busId());
  }

  static GpuMonitor open(List<Path> folders, String busId) {
    try {
      return new GpuMonitor(Nvml.open(folders, busId), "");
    } catch (Nvml.AbsentException e) {
      return new GpuMonitor(null, e.getMessage());
    }
  }

  /** What the device says now; takes up to some milliseconds. */
  public GpuReading read() {
    return library == null ? new GpuReading.Absent(why) : library.read();
  }

  @Override
  public void close() {
    if (library != null) {
      library.close();
    }
  }
}
