package org.stic.kernels;

import static org.stic.kernels.Derivative.constant;
import static org.stic.kernels.Derivative.kernel;

import java.util.List;
import java.util.OptionalDouble;

/** Elementwise functions with their derivatives of order 0 to {@link #MAXIMUM_ORDER}. */
public enum UnaryFunction {
  /** x. */
  IDENTITY(kernel("identity_0"), constant(1), constant(0), constant(0)),
  /** -x. */
  NEGATE(kernel("negate_0"), constant(-1), constant(0), constant(0)),
  /** |x|; the derivative at 0 is 0. */
  ABSOLUTE(kernel("absolute_0"), kernel("absolute_1"), constant(0), constant(0)),
  /** x². */
  SQUARE(kernel("square_0"), kernel("square_1"), constant(2), constant(0)),
  /** The square root of x. */
  SQUARE_ROOT(
      kernel("square_root_0"),
      kernel("square_root_1"),
      kernel("square_root_2"),
      kernel("square_root_3")),
  /** 1 / x. */
  RECIPROCAL(
      kernel("reciprocal_0"),
      kernel("reciprocal_1"),
      kernel("reciprocal_2"),
      kernel("reciprocal_3")),
  /** e^x. */
  EXPONENTIAL(
      kernel("exponential_0"),
      kernel("exponential_0"),
      kernel("exponential_0"),
      kernel("exponential_0")),
  /** ln x. */
  LOGARITHM(
      kernel("logarithm_0"),
      kernel("reciprocal_0"),
      kernel("reciprocal_1"),
      kernel("reciprocal_2")),
  /** 1 / (1 + e^-x). */
  SIGMOID(kernel("sigmoid_0"), kernel("sigmoid_1"), kernel("sigmoid_2"), kernel("sigmoid_3")),
  /** The hyperbolic tangent. */
  TANH(kernel("tanh_0"), kernel("tanh_1"), kernel("tanh_2"), kernel("tanh_3")),
  /** ln(1 + e^x). */
  SOFTPLUS(kernel("softplus_0"), kernel("sigmoid_0"), kernel("sigmoid_1"), kernel("sigmoid_2")),
  /** x sigmoid(x). */
  SILU(kernel("silu_0"), kernel("silu_1"), kernel("silu_2"), kernel("silu_3")),
  /** x above 0, 0.2 x below; the derivative at 0 is 0.2. */
  LEAKY_RELU(kernel("leaky_relu_0"), kernel("leaky_relu_1"), constant(0), constant(0)),
  /** x above 0, 0 below; the derivative at 0 is 0. */
  RELU(kernel("relu_0"), kernel("relu_1"), constant(0), constant(0));

  /** The highest order of a derivative. */
  public static final int MAXIMUM_ORDER = 3;

  @SuppressWarnings("ImmutableEnumChecker") // List.of of records is immutable.
  private final List<Derivative> derivatives;

  UnaryFunction(Derivative... derivatives) {
    this.derivatives = List.of(derivatives);
  }

  /** The value of a derivative that is the same everywhere; empty if it depends on x. */
  public OptionalDouble constantDerivative(int order) {
    return derivative(order) instanceof Derivative.Constant(float value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  Derivative derivative(int order) {
    if (order < 0 || order > MAXIMUM_ORDER) {
      throw new IllegalArgumentException(
          "%s has derivatives of order 0 to %d, not %d".formatted(this, MAXIMUM_ORDER, order));
    }
    return derivatives.get(order);
  }
}
