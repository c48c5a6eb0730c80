package org.stic.kernels;

import org.stic.cuda.TensorMap;

/** One argument of a kernel, in the type that the kernel declares. */
public sealed interface Argument {

  /** A device address; 0 where the kernel documents the pointer as optional. */
  record Pointer(long address) implements Argument {}

  /** A C {@code int}. */
  record Int(int value) implements Argument {}

  /** A C {@code long long}. */
  @SuppressWarnings("AvoidCommonTypeNames") // Only ever written Argument.Long.
  record Long(long value) implements Argument {}

  /** A C {@code float}. */
  record Real(float value) implements Argument {}

  /** A tensor that the kernel's copies read, in the place of its address. */
  record Copied(TensorMap map) implements Argument {}

  /** Shorthand for {@link Pointer}. */
  static Argument pointer(long address) {
    return new Pointer(address);
  }

  /** Shorthand for {@link Int}. */
  static Argument integer(int value) {
    return new Int(value);
  }

  /** Shorthand for {@link Long}. */
  static Argument longInteger(long value) {
    return new Long(value);
  }

  /** Shorthand for {@link Real}. */
  static Argument real(float value) {
    return new Real(value);
  }
}
