package org.stic.kernels;

/** The checks that the shapes of several kernels share. */
final class Require {
  private Require() {}

  /** Refuses sizes below 1. */
  static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }

  /** Refuses tensors whose element index does not fit an int, the kernels' index type. */
  static void indexable(String name, int... dimensions) {
    long elements = 1;
    for (int dimension : dimensions) {
      elements = Math.multiplyExact(elements, (long) dimension);
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s must have at most %d elements".formatted(name, Integer.MAX_VALUE));
      }
    }
  }
}
