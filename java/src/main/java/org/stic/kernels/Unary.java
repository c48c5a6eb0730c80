package org.stic.kernels;

import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.List;
import java.util.stream.Stream;

/** Elementwise functions of one array and their derivatives; kernels/pointwise/unary.cu. */
public final class Unary {

  private Unary() {}

  /**
   * {@code output[i] = f^(order)(input[i])}.
   *
   * @param output floats [n]; may be the input
   * @param input floats [n]
   */
  public static KernelCall apply(
      long output, long input, long n, UnaryFunction function, int order) {
    return switch (function.derivative(order)) {
      case Derivative.Kernel(String name) ->
          new KernelCall(
              "unary_" + name,
              Sizes.positive("n", n),
              1,
              1,
              List.of(pointer(output), pointer(input), longInteger(n)),
              Cost.ofFloats(2 * n, n));
      case Derivative.Constant(float value) -> Fill.constant(output, n, value);
    };
  }

  /**
   * {@code output[i] = multiplier[i] * f^(order)(input[i])}, the chain rule in one pass.
   *
   * @param output floats [n]; may be the multiplier or the input
   * @param multiplier floats [n]
   * @param input floats [n]
   */
  public static KernelCall scaled(
      long output, long multiplier, long input, long n, UnaryFunction function, int order) {
    return switch (function.derivative(order)) {
      case Derivative.Kernel(String name) ->
          new KernelCall(
              "scaled_" + name,
              Sizes.positive("n", n),
              1,
              1,
              List.of(pointer(output), pointer(multiplier), pointer(input), longInteger(n)),
              Cost.ofFloats(3 * n, 2 * n));
      case Derivative.Constant(float value) -> Affine.apply(output, multiplier, n, value, 0);
    };
  }

  static List<KernelDescription> kernels() {
    return Stream.of(UnaryFunction.values())
        .flatMap(function -> Stream.of(0, 1, 2, 3).map(function::derivative))
        .distinct()
        .flatMap(Unary::kernels)
        .toList();
  }

  private static Stream<KernelDescription> kernels(Derivative derivative) {
    return switch (derivative) {
      case Derivative.Kernel(String name) ->
          Stream.of(
              new KernelDescription(
                  "unary_" + name,
                  "pointwise",
                  "out = f^(k)(in), the name ends in f_k",
                  "8 n B, n",
                  terms -> accuracy(name)),
              new KernelDescription(
                  "scaled_" + name,
                  "pointwise",
                  "out = multiplier f^(k)(in), the name ends in f_k",
                  "12 n B, 2 n",
                  terms -> accuracy(name)));
      case Derivative.Constant constant -> Stream.of();
    };
  }

  /** Derivatives that cross zero have errors relative to their terms, which are of size 1 there. */
  private static Tolerance accuracy(String name) {
    return switch (name) {
      case "identity_0",
          "negate_0",
          "absolute_0",
          "absolute_1",
          "square_1",
          "leaky_relu_1",
          "relu_0",
          "relu_1" ->
          Tolerance.EXACT;
      case "sigmoid_2", "sigmoid_3", "silu_1", "silu_2", "silu_3", "tanh_2", "tanh_3" ->
          new Tolerance(0x1p-19, 0x1p-20);
      default -> Tolerance.ulps(4);
    };
  }
}
