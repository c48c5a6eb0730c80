package org.stic.kernels;

/** Checks of what callers pass as sizes, once, before a kernel relies on them. */
final class Sizes {

  private Sizes() {}

  /** Returns the value, which must be at least 1. */
  static long positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
    return value;
  }

  /** Returns the value, which must be at least 1. */
  static int positive(String name, int value) {
    return (int) positive(name, (long) value);
  }

  /** Returns the value, which must not be negative. */
  static int notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  /** The product of two sizes, each at least 1. */
  static long product(String firstName, int first, String secondName, int second) {
    return (long) positive(firstName, first) * positive(secondName, second);
  }

  /** Refuses tensors whose element index does not fit an int, the kernels' index type. */
  static void indexable(String name, int... dimensions) {
    long elements = 1;
    for (int dimension : dimensions) {
      elements *= dimension;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s must have at most %d elements".formatted(name, Integer.MAX_VALUE));
      }
    }
  }
}
