package org.stic.bench.peer;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Functions of a library of the system, found when they are first asked for. */
final class NativeFunctions {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private final SymbolLookup symbols;

  private NativeFunctions(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /**
   * Loads the first of some libraries that the system has.
   *
   * @param names as the dynamic loader knows them
   * @throws PeerAbsentException if there is none, naming them
   */
  static NativeFunctions load(List<String> names) throws PeerAbsentException {
    for (String name : names) {
      try {
        return new NativeFunctions(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        // The next name is tried.
      }
    }
    throw new PeerAbsentException("the system has no " + String.join(" or ", names));
  }

  /** Whether the library has a function. */
  boolean has(String name) {
    return symbols.find(name).isPresent();
  }

  /** A function that returns a value. */
  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  /** A function that returns nothing. */
  MethodHandle procedure(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle bind(String name, FunctionDescriptor descriptor) {
    MemorySegment address = symbols.findOrThrow(name);
    return Linker.nativeLinker().downcallHandle(address, descriptor);
  }

  /** Calls a function where its time does not matter. */
  static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
