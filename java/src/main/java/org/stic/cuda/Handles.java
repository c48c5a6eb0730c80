package org.stic.cuda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jcuda.NativePointerObject;
import jcuda.Pointer;

/**
 * The bridge between JCuda's objects and the raw addresses that Panama passes. JCuda keeps the
 * address private.
 */
final class Handles {
  private static final VarHandle NATIVE_POINTER = nativePointer();

  private Handles() {}

  /** The raw handle or address that a JCuda object wraps. */
  static long raw(NativePointerObject object) {
    return (long) NATIVE_POINTER.get(object);
  }

  /** Lets a JCuda object wrap a raw handle or address. */
  static <T extends NativePointerObject> T wrap(T object, long raw) {
    NATIVE_POINTER.set(object, raw);
    return object;
  }

  /** A JCuda pointer to native host memory. */
  static Pointer host(long address) {
    return wrap(new Pointer(), address);
  }

  private static VarHandle nativePointer() {
    try {
      return MethodHandles.privateLookupIn(NativePointerObject.class, MethodHandles.lookup())
          .findVarHandle(NativePointerObject.class, "nativePointer", long.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of JCuda keeps its handles elsewhere; 12.6.0 is needed", e);
    }
  }
}
