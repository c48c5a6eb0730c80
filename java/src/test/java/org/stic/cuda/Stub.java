package org.stic.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** A stand-in for one of NVIDIA's libraries, and the functions by which tests control it. */
final class Stub {
  /** The folder of all stand-ins. */
  static final Path FOLDER =
      Path.of(System.getProperty(NativeFolder.PROPERTY)).resolveSibling("stubs");

  private final SymbolLookup symbols;

  Stub(String library) {
    symbols = SymbolLookup.libraryLookup(FOLDER.resolve(library), Arena.global());
  }

  /** Calls one of its functions. */
  Object call(String function, FunctionDescriptor types, Object... arguments) {
    try {
      return Linker.nativeLinker()
          .downcallHandle(symbols.findOrThrow(function), types)
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(function + " could not be called", e);
    }
  }
}
