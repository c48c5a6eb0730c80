package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Named ranges on the time line of a profiling tool such as Nsight Systems, by NVIDIA's NVTX
 * library. Without a tool the ranges cost some nanoseconds and are seen by nobody.
 */
final class Nvtx {
  /** CUDA 13 has the first, earlier ones the second; both with the same functions. */
  static final List<String> LIBRARIES = List.of("libnvtx3interop.so.1", "libnvToolsExt.so.1");

  /** The environment variable that asks for the ranges. */
  static final String VARIABLE = "STIC_NVTX";

  private final MethodHandle push;
  private final MethodHandle pop;

  private Nvtx(SymbolLookup symbols) {
    this.push = bind(symbols, "nvtxRangePushA", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    this.pop = bind(symbols, "nvtxRangePop", FunctionDescriptor.of(JAVA_INT));
  }

  /**
   * Whether a value of {@value #VARIABLE} asks for the ranges.
   *
   * @throws DeviceUnavailableException if it is neither 0 nor 1
   */
  static boolean isAskedFor(String value) {
    return switch (value) {
      case null -> false;
      case "", "0" -> false;
      case "1" -> true;
      default ->
          throw new DeviceUnavailableException(
              "%s must be 0 or 1, not '%s'".formatted(VARIABLE, value));
    };
  }

  /** Loads the best library of these folders for the life of the process; empty if none does. */
  static Optional<Nvtx> find(List<Path> folders) {
    for (String name : LIBRARIES) {
      for (Path folder : folders) {
        Path file = folder.resolve(name).toAbsolutePath();
        if (Files.exists(file)) {
          return Optional.of(new Nvtx(SymbolLookup.libraryLookup(file, Arena.global())));
        }
      }
    }
    return Optional.empty();
  }

  /** Why nothing is marked, if nothing was found. */
  static String problem(List<Path> folders) {
    return "no NVTX to name ranges with: none of %s in %s; the CUDA toolkit has it, and LD_LIBRARY_PATH may name its folder"
        .formatted(LIBRARIES, folders);
  }

  /** The same work, enqueued inside a range. */
  DeviceWork named(String name, DeviceWork work) {
    MemorySegment text = Arena.ofAuto().allocateFrom(name);
    return stream -> {
      call(push, text);
      try {
        work.enqueue(stream);
      } finally {
        call(pop);
      }
    };
  }

  private static MethodHandle bind(SymbolLookup symbols, String name, FunctionDescriptor types) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new DeviceUnavailableException("the NVTX library has no function " + name));
    return Linker.nativeLinker().downcallHandle(address, types);
  }

  private static void call(MethodHandle function, Object... arguments) {
    try {
      int _ = (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }
}
