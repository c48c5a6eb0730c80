package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** The squared distance of Gram matrices from their targets; kernels/gram/gram_loss.cu. */
public final class GramLoss {

  private GramLoss() {}

  /**
   * {@code loss[b] = ||gram[b] - target[b]||²}.
   *
   * @param loss floats [batch]
   * @param gram floats [batch, elements]
   * @param target floats [batch, elements]
   */
  public static KernelCall loss(long loss, long gram, long target, int batch, int elements) {
    long n = Sizes.product("batch", batch, "elements", elements);
    return new KernelCall(
        "gram_loss",
        batch,
        1,
        1,
        List.of(pointer(loss), pointer(gram), pointer(target), integer(elements)),
        Cost.ofFloats(2 * n + batch, 3 * n));
  }

  /**
   * {@code gramGradient[b, e] = 2 upstream[b] (gram[b, e] - target[b, e])}.
   *
   * @param gramGradient floats [batch, elements]; may be the Gram matrices
   * @param upstream floats [batch]: the gradient of the result by each item's loss
   * @param gram floats [batch, elements]
   * @param target floats [batch, elements]
   */
  public static KernelCall gradient(
      long gramGradient, long upstream, long gram, long target, int batch, int elements) {
    long n = Sizes.product("batch", batch, "elements", elements);
    return new KernelCall(
        "gram_loss_gradient",
        batch,
        1,
        1,
        List.of(
            pointer(gramGradient),
            pointer(upstream),
            pointer(gram),
            pointer(target),
            integer(elements)),
        Cost.ofFloats(3 * n + batch, 2 * n));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "gram_loss", "gram", "loss[b] = ||G_b - T_b||²", "8 n B, 3 n", Tolerance::ofSum),
        new KernelDescription(
            "gram_loss_gradient",
            "gram",
            "dG[b, e] = 2 u[b] (G[b, e] - T[b, e])",
            "12 n B, 2 n",
            Tolerance::ofSum));
  }
}
