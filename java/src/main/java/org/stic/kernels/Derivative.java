package org.stic.kernels;

/** A derivative of a {@link UnaryFunction}: a kernel of its own, or a constant that needs none. */
sealed interface Derivative {

  /**
   * Computed by {@code unary_<name>} and {@code scaled_<name>}.
   *
   * @param name function and order in which the kernel has it
   */
  record Kernel(String name) implements Derivative {}

  /** The same value everywhere. */
  record Constant(float value) implements Derivative {}

  static Derivative kernel(String name) {
    return new Kernel(name);
  }

  static Derivative constant(float value) {
    return new Constant(value);
  }
}
