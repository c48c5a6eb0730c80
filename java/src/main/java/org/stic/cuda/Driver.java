package org.stic.cuda;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import jcuda.driver.JCudaDriver;

/**
 * The CUDA driver library of this process. Both drivers carry the soname libcuda.so.1, and JCuda's
 * native library is bound to whichever was loaded first; so there is one per process, and it is
 * loaded before JCuda is touched.
 */
final class Driver {
  private static Driver current;

  private final boolean gpu;
  private final SymbolLookup symbols;

  private Driver(boolean gpu, SymbolLookup symbols) {
    this.gpu = gpu;
    this.symbols = symbols;
  }

  /**
   * The process's driver, loaded at the first call.
   *
   * @throws DeviceUnavailableException if the choice cannot be had, or another driver is already in
   *     use
   */
  static synchronized Driver load(DeviceChoice choice, KernelImage image) {
    if (current == null) {
      current = open(choice, image);
    }
    current.requireMatch(choice, image);
    initialise();
    return current;
  }

  /** The loaded driver; only reached by code that already holds a device. */
  static synchronized Driver current() {
    if (current == null) {
      throw new IllegalStateException("no driver is loaded: open a Device first");
    }
    return current;
  }

  /** Whether a driver was loaded in this process. */
  static synchronized boolean isLoaded() {
    return current != null;
  }

  boolean isGpu() {
    return gpu;
  }

  /** A function of the driver as a method handle, if the driver has it. */
  Optional<MethodHandle> find(String function, FunctionDescriptor descriptor) {
    return symbols
        .find(function)
        .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor));
  }

  /** A function that every driver has. */
  MethodHandle bind(String function, FunctionDescriptor descriptor) {
    return find(function, descriptor)
        .orElseThrow(
            () -> new DeviceUnavailableException("the driver has no function " + function));
  }

  private static Driver open(DeviceChoice choice, KernelImage image) {
    NativeFolder folder = NativeFolder.locate();
    String problem = NativeFolder.jcudaProblem(folder);
    if (!problem.isEmpty()) {
      throw new DeviceUnavailableException(problem);
    }
    DriverCandidate chosen = DriverSelection.choose(choice, image, folder);
    boolean gpu = chosen.choice() == DeviceChoice.CUDA;
    return new Driver(gpu, gpu ? GpuDriver.load() : CpuDriver.load(folder));
  }

  /**
   * The first touch of JCuda, whose native library now finds the driver loaded. Once is enough,
   * more do no harm.
   */
  private static void initialise() {
    try {
      Status.check(JCudaDriver.cuInit(0), "cuInit");
    } catch (LinkageError e) {
      throw new DeviceUnavailableException("JCuda does not load: " + e.getMessage(), e);
    }
  }

  private void requireMatch(DeviceChoice choice, KernelImage image) {
    DeviceChoice own = gpu ? DeviceChoice.CUDA : DeviceChoice.CPU;
    boolean fits = choice == own || choice == DeviceChoice.AUTO;
    if (!fits || (gpu && image == KernelImage.FIBERS)) {
      throw new DeviceUnavailableException(
          "this process already runs on the %s driver, and a process has one: start another for %s"
              .formatted(own.flag(), fits ? "the fibers image" : choice.flag()));
    }
  }
}
