package org.stic.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Calls the C library's {@code abs} with the signature of cuLaunchKernel. The C calling convention
 * lets a function ignore arguments, so this is that call's cost with nothing behind it.
 */
final class EmptyCall {
  private static final MethodHandle ABS =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("abs"),
              FunctionDescriptor.of(
                  JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                  JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

  private EmptyCall() {}

  static int invoke(long value) {
    try {
      return (int) ABS.invokeExact(value, 1, 1, 1, 1, 1, 1, 0, 1L, value, 0L);
    } catch (Throwable e) {
      throw new AssertionError("a native function threw", e);
    }
  }
}
