package org.stic.kernels;

import java.util.Locale;

/** Elementwise functions of two arrays. */
public enum BinaryFunction {
  /** a + b. */
  ADD,
  /** a - b. */
  SUBTRACT,
  /** a b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE,
  /** The larger one; NaN if either is. */
  MAXIMUM,
  /** The smaller one; NaN if either is. */
  MINIMUM;

  /** The ending of the names of its kernels. */
  String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
