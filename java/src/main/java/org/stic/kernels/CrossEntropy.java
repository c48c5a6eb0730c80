package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** Cross-entropy of logits with soft targets; kernels/loss/cross_entropy.cu. */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * {@code loss[r] = sum_k targets[r, k] (logsumexp(logits[r]) - logits[r, k])}.
   *
   * @param loss floats [rows]
   * @param logits floats [rows, columns]
   * @param targets floats [rows, columns]; the sums of rows need not be 1
   */
  public static KernelCall loss(long loss, long logits, long targets, int rows, int columns) {
    long n = Sizes.product("rows", rows, "columns", columns);
    return new KernelCall(
        "cross_entropy",
        rows,
        1,
        1,
        List.of(pointer(loss), pointer(logits), pointer(targets), integer(columns)),
        Cost.ofFloats(2 * n + rows, 6 * n));
  }

  /**
   * {@code logitsGradient[r, k] = upstream[r] (softmax(logits[r])_k sum_j targets[r, j] -
   * targets[r, k])}.
   *
   * @param logitsGradient floats [rows, columns]; may be the logits or the targets
   * @param upstream floats [rows]: the gradient of the result by each row's loss
   * @param logits floats [rows, columns]
   * @param targets floats [rows, columns]
   */
  public static KernelCall gradient(
      long logitsGradient, long upstream, long logits, long targets, int rows, int columns) {
    long n = Sizes.product("rows", rows, "columns", columns);
    return new KernelCall(
        "cross_entropy_gradient",
        rows,
        1,
        1,
        List.of(
            pointer(logitsGradient),
            pointer(upstream),
            pointer(logits),
            pointer(targets),
            integer(columns)),
        Cost.ofFloats(3 * n + rows, 6 * n));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "cross_entropy",
            "loss",
            "loss[r] = sum_k t[r, k] (logsumexp(z[r]) - z[r, k])",
            "8 n B, 6 n",
            Tolerance::ofSum),
        new KernelDescription(
            "cross_entropy_gradient",
            "loss",
            "dz[r, k] = u[r] (softmax(z[r])_k sum_j t[r, j] - t[r, k])",
            "12 n B, 6 n",
            Tolerance::ofSum));
  }
}
