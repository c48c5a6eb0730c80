package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The NVIDIA driver of the system. */
final class GpuDriver {
  private static final String LIBRARY = "libcuda.so.1";

  /**
   * One of these exists where the kernel module of a GPU is loaded: on Linux, on Windows' Linux.
   */
  private static final List<Path> DEVICE_FILES =
      List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  private GpuDriver() {}

  static DriverCandidate examine(KernelImage image, NativeFolder folder) {
    return new DriverCandidate(DeviceChoice.CUDA, LIBRARY, problem(image, folder));
  }

  /** Loads the library for the whole life of the process. */
  static SymbolLookup load() {
    return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
  }

  /** The cheap questions come first: no library is loaded where there is no GPU. */
  private static String problem(KernelImage image, NativeFolder folder) {
    if (Driver.isLoaded() && !Driver.current().isGpu()) {
      return "this process already runs on the CPU driver, and a process has one driver";
    }
    if (DEVICE_FILES.stream().noneMatch(Files::exists)) {
      return "no NVIDIA GPU is visible here (neither /dev/nvidiactl nor /dev/dxg exists); use"
          + " --device cpu";
    }
    if (image == KernelImage.FIBERS) {
      return "the fibers image runs on the CPU driver only";
    }
    String imageProblem = KernelImages.gpuProblem(folder);
    return imageProblem.isEmpty() ? driverProblem() : imageProblem;
  }

  /**
   * Loads the library for a trial; where the trial fails it is unloaded again, so that the CPU
   * driver stays possible.
   */
  private static String driverProblem() {
    try (Arena trial = Arena.ofConfined()) {
      String problem = trialProblem(SymbolLookup.libraryLookup(LIBRARY, trial), trial);
      if (problem.isEmpty()) {
        load();
      }
      return problem;
    } catch (IllegalArgumentException e) {
      return "the library %s cannot be loaded; install NVIDIA's driver or use --device cpu"
          .formatted(LIBRARY);
    }
  }

  private static String trialProblem(SymbolLookup library, Arena arena) {
    if (library.find(SimtSymbols.LAST_MESSAGE).isPresent()) {
      return "the %s that the system finds is this program's CPU driver; correct LD_LIBRARY_PATH"
          .formatted(LIBRARY);
    }
    int initialised = call(library, "cuInit", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 0);
    if (initialised != Status.SUCCESS) {
      return "the NVIDIA driver does not start: cuInit returned %d; see nvidia-smi, or use --device cpu"
          .formatted(initialised);
    }
    MemorySegment count = arena.allocate(JAVA_INT);
    call(library, "cuDeviceGetCount", FunctionDescriptor.of(JAVA_INT, ADDRESS), count);
    return count.get(JAVA_INT, 0) > 0
        ? ""
        : "the NVIDIA driver shows no GPU; see CUDA_VISIBLE_DEVICES";
  }

  private static int call(
      SymbolLookup library, String function, FunctionDescriptor descriptor, Object argument) {
    MemorySegment address =
        library
            .find(function)
            .orElseThrow(
                () -> new IllegalArgumentException(LIBRARY + " has no function " + function));
    try {
      return (int) Linker.nativeLinker().downcallHandle(address, descriptor).invoke(argument);
    } catch (Throwable e) {
      throw new IllegalStateException(function + " could not be called", e);
    }
  }
}
