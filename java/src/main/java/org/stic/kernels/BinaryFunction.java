package org.stic.kernels;

import java.util.Locale;

/** Elementwise functions of two arrays. */
public enum BinaryFunction {
  /** a + b. */
  ADD("a + b"),
  /** a - b. */
  SUBTRACT("a - b"),
  /** a b. */
  MULTIPLY("a b"),
  /** a / b. */
  DIVIDE("a / b"),
  /** The larger one; NaN if either is. */
  MAXIMUM("max(a, b)"),
  /** The smaller one; NaN if either is. */
  MINIMUM("min(a, b)");

  private final String formula;

  BinaryFunction(String formula) {
    this.formula = formula;
  }

  String formula() {
    return formula;
  }

  /** The ending of the names of its kernels. */
  String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
