package org.stic.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CUDA driver for CPUs that is built with this program. */
final class CpuDriver {
  private static final Path LOADED_LIBRARIES = Path.of("/proc/self/maps");
  private static final String SONAME = "libcuda.so.1";

  private CpuDriver() {}

  static DriverCandidate examine(NativeFolder folder) {
    return new DriverCandidate(DeviceChoice.CPU, folder.cpuDriver().toString(), problem(folder));
  }

  /** Loads the library for the whole life of the process. */
  static SymbolLookup load(NativeFolder folder) {
    try {
      System.load(folder.cpuDriver().toString());
    } catch (UnsatisfiedLinkError e) {
      throw new DeviceUnavailableException("the CPU driver does not load: " + e.getMessage(), e);
    }
    return SymbolLookup.libraryLookup(folder.cpuDriver(), Arena.global());
  }

  private static String problem(NativeFolder folder) {
    if (!Files.exists(folder.cpuDriver())) {
      return "%s does not exist; build it with 'mvn package', or name its folder with -D%s=DIR"
          .formatted(folder.cpuDriver(), NativeFolder.PROPERTY);
    }
    if (anotherDriverIsLoaded()) {
      return "another %s is already in this process and cannot be unloaded; ask for --device cpu"
          .formatted(SONAME);
    }
    return KernelImages.problem(KernelImage.DEFAULT, folder);
  }

  /**
   * A failed probe of a GPU's driver can leave it in the process, and JCuda would then be bound to
   * it.
   */
  private static boolean anotherDriverIsLoaded() {
    if (Driver.isLoaded() || !Files.exists(LOADED_LIBRARIES)) {
      return false;
    }
    try {
      return Files.readString(LOADED_LIBRARIES).contains("/libcuda.so");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LOADED_LIBRARIES, e);
    }
  }
}
