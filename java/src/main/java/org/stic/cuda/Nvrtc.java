package org.stic.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * NVIDIA's compiler at run time, found on this machine: CUDA C++ to the machine code of one
 * architecture. It needs no GPU and no other part of the toolkit.
 */
final class Nvrtc {
  /** Best first. A newer one would do as well, but none is known to be compatible. */
  static final List<String> NAMES = List.of("libnvrtc.so.13", "libnvrtc.so.12");

  /** Loaded by NVRTC under this name while it compiles, from wherever it is loaded already. */
  private static final String BUILTINS = "libnvrtc-builtins.so.*";

  private final Path file;
  private final SymbolLookup symbols;

  /** A program could not be compiled. */
  static final class CompilationException extends Exception {
    private static final long serialVersionUID = 1L;

    CompilationException(String message) {
      super(message);
    }
  }

  private Nvrtc(Path file, SymbolLookup symbols) {
    this.file = file;
    this.symbols = symbols;
  }

  /** The first library of each known name in some folders, best first. */
  static List<Path> find(List<Path> folders) {
    List<Path> found = new ArrayList<>();
    for (String name : NAMES) {
      folders.stream()
          .map(place -> place.resolve(name))
          .filter(Files::exists)
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }

  /** Why nothing can be compiled here, or an empty text. */
  static String problem(List<Path> folders) {
    return find(folders).isEmpty()
        ? "no NVRTC to compile the kernels with (none of %s in %s)".formatted(NAMES, folders)
        : "";
  }

  /** Loads the library for the whole life of the process. */
  static Nvrtc load(Path file) throws CompilationException {
    try {
      for (Path builtins : NativeFolder.matching(file.toAbsolutePath().getParent(), BUILTINS)) {
        SymbolLookup.libraryLookup(builtins, Arena.global());
      }
      return new Nvrtc(file, SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new CompilationException(file + " does not load: " + e.getMessage());
    }
  }

  /** The library's version, such as 13.0. */
  String version() throws CompilationException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(JAVA_INT, 2);
      check(call("nvrtcVersion", numbers, numbers.asSlice(JAVA_INT.byteSize())), "nvrtcVersion");
      return numbers.getAtIndex(JAVA_INT, 0) + "." + numbers.getAtIndex(JAVA_INT, 1);
    }
  }

  /**
   * Compiles a unit to a cubin.
   *
   * @param unit the source
   * @param headers text of what may be included, by name
   * @throws CompilationException with the compiler's own words
   */
  byte[] compile(String unit, Map<String, String> headers, List<String> options)
      throws CompilationException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(ADDRESS);
      int created =
          call(
              "nvrtcCreateProgram",
              place,
              arena.allocateFrom(unit),
              arena.allocateFrom("kernels.cu"),
              headers.size(),
              strings(arena, headers.values()),
              strings(arena, headers.keySet()));
      check(created, "nvrtcCreateProgram");
      MemorySegment program = place.get(ADDRESS, 0);
      try {
        int compiled =
            call("nvrtcCompileProgram", program, options.size(), strings(arena, options));
        if (compiled != 0) {
          throw new CompilationException(
              "%s (NVRTC %s) refuses the kernels with %s: %s"
                  .formatted(file, version(), options, log(program)));
        }
        return bytes(program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN");
      } finally {
        check(call("nvrtcDestroyProgram", place), "nvrtcDestroyProgram");
      }
    }
  }

  private String log(MemorySegment program) throws CompilationException {
    byte[] text = bytes(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog");
    return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** What two functions give, one the size and the other the content. */
  private byte[] bytes(MemorySegment program, String sizeFunction, String function)
      throws CompilationException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_LONG);
      check(call(sizeFunction, program, size), sizeFunction);
      MemorySegment content = arena.allocate(Math.max(1, size.get(JAVA_LONG, 0)));
      check(call(function, program, content), function);
      return content.asSlice(0, size.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    }
  }

  private static MemorySegment strings(Arena arena, Collection<String> texts) {
    MemorySegment table = arena.allocate(ADDRESS, Math.max(1, texts.size()));
    int index = 0;
    for (String text : texts) {
      table.setAtIndex(ADDRESS, index++, arena.allocateFrom(text));
    }
    return table;
  }

  private void check(int code, String function) throws CompilationException {
    if (code != 0) {
      throw new CompilationException("%s: %s returned %d".formatted(file, function, code));
    }
  }

  /** Calls a function that takes addresses and ints and returns an nvrtcResult. */
  private int call(String function, Object... arguments) throws CompilationException {
    MemorySegment address =
        symbols
            .find(function)
            .orElseThrow(() -> new CompilationException(file + " has no function " + function));
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      layouts[i] = arguments[i] instanceof Integer ? JAVA_INT : ADDRESS;
    }
    MethodHandle handle =
        Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_INT, layouts));
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(function + " could not be called", e);
    }
  }
}
