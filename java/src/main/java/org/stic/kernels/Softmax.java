package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** Softmax and its relatives along the rows of a matrix; kernels/loss/softmax.cu. */
public final class Softmax {

  private Softmax() {}

  /**
   * {@code output[r, k] = e^input[r, k] / sum_j e^input[r, j]}.
   *
   * @param output floats [rows, columns]; may be the input
   * @param input floats [rows, columns]
   */
  public static KernelCall forward(long output, long input, int rows, int columns) {
    return rowwise("softmax", output, input, rows, columns);
  }

  /**
   * {@code output[r, k] = input[r, k] - logsumexp(input[r])}.
   *
   * @param output floats [rows, columns]; may be the input
   * @param input floats [rows, columns]
   */
  public static KernelCall logSoftmax(long output, long input, int rows, int columns) {
    return rowwise("log_softmax", output, input, rows, columns);
  }

  /**
   * {@code output[r] = ln sum_k e^input[r, k]}.
   *
   * @param output floats [rows]
   * @param input floats [rows, columns]
   */
  public static KernelCall logSumExp(long output, long input, int rows, int columns) {
    return rowwise("log_sum_exp", output, input, rows, columns);
  }

  /**
   * {@code inputGradient[r, k] = y[r, k] (outputGradient[r, k] - sum_j outputGradient[r, j] y[r,
   * j])} with y the softmax.
   *
   * @param inputGradient floats [rows, columns]; may be the output's gradient
   * @param outputGradient floats [rows, columns]
   * @param output floats [rows, columns]: the softmax
   */
  public static KernelCall gradient(
      long inputGradient, long outputGradient, long output, int rows, int columns) {
    long n = Sizes.product("rows", rows, "columns", columns);
    return new KernelCall(
        "softmax_gradient",
        rows,
        1,
        1,
        List.of(pointer(inputGradient), pointer(outputGradient), pointer(output), integer(columns)),
        Cost.ofFloats(3 * n, 4 * n));
  }

  private static KernelCall rowwise(String kernel, long output, long input, int rows, int columns) {
    long n = Sizes.product("rows", rows, "columns", columns);
    long results = kernel.equals("log_sum_exp") ? rows : n;
    return new KernelCall(
        kernel,
        rows,
        1,
        1,
        List.of(pointer(output), pointer(input), integer(columns)),
        Cost.ofFloats(n + results, 4 * n));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "softmax",
            "loss",
            "y[r, k] = e^x[r, k] / sum_j e^x[r, j]",
            "8 n B, 4 n",
            Tolerance::ofSum),
        new KernelDescription(
            "log_softmax",
            "loss",
            "y[r, k] = x[r, k] - logsumexp(x[r])",
            "8 n B, 4 n",
            Tolerance::ofSum),
        new KernelDescription(
            "log_sum_exp", "loss", "y[r] = ln sum_k e^x[r, k]", "4 n B, 4 n", Tolerance::ofSum),
        new KernelDescription(
            "softmax_gradient",
            "loss",
            "dx[r, k] = y[r, k] (dy[r, k] - dy[r] . y[r])",
            "12 n B, 4 n",
            Tolerance::ofSum));
  }
}
