package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** NVIDIA's management library, found on this machine, and one GPU of it. */
final class Nvml implements AutoCloseable {
  static final String LIBRARY = "libnvidia-ml.so.1";

  /** Members of nvmlClockType_t and nvmlTemperatureSensors_t. */
  private static final int SM = 1;

  private static final int MEMORY = 2;
  private static final int GPU_SENSOR = 0;

  /** NVML_ERROR_FUNCTION_NOT_FOUND. */
  private static final int NOT_FOUND = 13;

  private final Path file;
  private final SymbolLookup symbols;
  private final Map<String, MethodHandle> functions = new HashMap<>();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment place = arena.allocate(JAVA_LONG);
  private MemorySegment device;

  /** The library cannot be used; the message is a sentence without its end. */
  static final class AbsentException extends Exception {
    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
      super(message);
    }
  }

  private Nvml(Path file) throws AbsentException {
    this.file = file;
    try {
      this.symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new AbsentException(file + " does not load: " + e.getMessage());
    }
  }

  /** Starts the library of the first folder that has it, for the GPU at a place of the PCI bus. */
  static Nvml open(List<Path> folders, String busId) throws AbsentException {
    Path file =
        folders.stream()
            .map(folder -> folder.resolve(LIBRARY).toAbsolutePath())
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AbsentException("no " + LIBRARY + " in " + folders));
    Nvml library = new Nvml(file);
    library.require("nvmlInit_v2", library.call("nvmlInit_v2"));
    library.device = library.find(busId);
    return library;
  }

  private MemorySegment find(String busId) throws AbsentException {
    String function = "nvmlDeviceGetHandleByPciBusId_v2";
    int code = call(function, arena.allocateFrom(busId), place);
    if (code != 0) {
      call("nvmlShutdown");
    }
    require(function + " of " + busId, code);
    return MemorySegment.ofAddress(place.get(JAVA_LONG, 0));
  }

  /** What the GPU says now. */
  GpuReading.Values read() {
    OptionalInt highest = number("nvmlDeviceGetMaxClockInfo", SM);
    OptionalInt promised = number("nvmlDeviceGetDefaultApplicationsClock", SM);
    return new GpuReading.Values(
        number("nvmlDeviceGetClockInfo", SM),
        number("nvmlDeviceGetClockInfo", MEMORY),
        promised.isPresent() ? promised : highest,
        highest,
        number("nvmlDeviceGetPowerUsage"),
        number("nvmlDeviceGetTemperature", GPU_SENSOR),
        ThrottleReason.of(bits("nvmlDeviceGetCurrentClocksThrottleReasons")));
  }

  /** Ends the library's use. */
  @Override
  public void close() {
    call("nvmlShutdown");
    arena.close();
  }

  /** An unsigned int about the device; empty if this GPU or this library does not have it. */
  private OptionalInt number(String function, int... which) {
    int code =
        which.length == 0 ? call(function, device, place) : call(function, device, which[0], place);
    return code == 0 ? OptionalInt.of(place.get(JAVA_INT, 0)) : OptionalInt.empty();
  }

  private long bits(String function) {
    return call(function, device, place) == 0 ? place.get(JAVA_LONG, 0) : 0;
  }

  private void require(String what, int code) throws AbsentException {
    if (code != 0) {
      throw new AbsentException("%s: %s returned %d".formatted(file, what, code));
    }
  }

  /** Calls a function of addresses and ints that returns an nvmlReturn_t; not 0 without it. */
  private int call(String function, Object... arguments) {
    MethodHandle handle =
        functions.computeIfAbsent(function + arguments.length, _ -> bind(function, arguments));
    try {
      return handle == null ? NOT_FOUND : (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(function + " could not be called", e);
    }
  }

  private MethodHandle bind(String function, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      layouts[i] = arguments[i] instanceof Integer ? JAVA_INT : ADDRESS;
    }
    FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, layouts);
    return symbols
        .find(function)
        .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor))
        .orElse(null);
  }
}
