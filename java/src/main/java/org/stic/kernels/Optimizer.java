package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/** Steps of first-order optimizers on one flat array of parameters; kernels/optimizer. */
public final class Optimizer {
  private static final long NORM_CHUNK = 16384;

  /**
   * Where each hyper-parameter stands in the array of {@link #HYPER_SLOTS} floats on the device.
   */
  public enum Hyper {
    /** The learning rate. */
    RATE,
    /** Decay of the mean of gradients; the momentum of {@link #momentum}. */
    BETA1,
    /** Decay of the mean of squared gradients. */
    BETA2,
    /** What keeps the divisor away from 0. */
    EPSILON,
    /** Gradients of a larger global norm are scaled down to it; 0 for no clipping. */
    CLIP_NORM,
    /** Weight decay: decoupled in {@link #adam}, added to the gradient in {@link #momentum}. */
    WEIGHT_DECAY
  }

  /** Floats of a hyper-parameter array. */
  public static final int HYPER_SLOTS = 8;

  private Optimizer() {}

  /**
   * {@code norm[0] = sqrt(sum_i gradients[i]²)}, in two launches of fixed order.
   *
   * @param norm float [1]
   * @param gradients floats [n]
   * @param workspace {@link #gradientNormWorkspace} bytes
   */
  public static List<KernelCall> gradientNorm(long norm, long gradients, long n, long workspace) {
    int chunks = chunks(n);
    return List.of(
        new KernelCall(
            "squares_partial",
            chunks,
            1,
            1,
            List.of(
                pointer(workspace), pointer(gradients), longInteger(n), longInteger(NORM_CHUNK)),
            Cost.ofFloats(n + chunks, 2 * n)),
        new KernelCall(
            "squares_finish",
            1,
            1,
            1,
            List.of(pointer(norm), pointer(workspace), integer(chunks)),
            Cost.ofFloats(chunks + 1L, chunks)));
  }

  /** Bytes of workspace that {@link #gradientNorm} needs. */
  public static long gradientNormWorkspace(long n) {
    return (long) Float.BYTES * chunks(n);
  }

  /**
   * One step of Adam with bias correction, clipping by the global norm and decoupled weight decay.
   *
   * @param parameters floats [n], changed in place
   * @param mean floats [n], changed in place: m
   * @param variance floats [n], changed in place: v
   * @param gradients floats [n]
   * @param norm float [1]: their norm
   * @param hyper floats [{@link #HYPER_SLOTS}] in the order of {@link Hyper}
   * @param stepCounter unsigned int [1]: steps done before this one
   */
  public static KernelCall adam(
      long parameters,
      long mean,
      long variance,
      long gradients,
      long norm,
      long hyper,
      long stepCounter,
      long n) {
    return new KernelCall(
        "adam",
        Sizes.positive("n", n),
        1,
        1,
        List.of(
            pointer(parameters),
            pointer(mean),
            pointer(variance),
            pointer(gradients),
            pointer(norm),
            pointer(hyper),
            pointer(stepCounter),
            longInteger(n)),
        Cost.ofFloats(7 * n, 14 * n));
  }

  /**
   * One step of stochastic gradient descent with momentum, clipping by the global norm and L2
   * weight decay.
   *
   * @param parameters floats [n], changed in place
   * @param velocity floats [n], changed in place
   * @param gradients floats [n]
   * @param norm float [1]: their norm
   * @param hyper floats [{@link #HYPER_SLOTS}] in the order of {@link Hyper}; beta1 is the momentum
   */
  public static KernelCall momentum(
      long parameters, long velocity, long gradients, long norm, long hyper, long n) {
    return new KernelCall(
        "momentum",
        Sizes.positive("n", n),
        1,
        1,
        List.of(
            pointer(parameters),
            pointer(velocity),
            pointer(gradients),
            pointer(norm),
            pointer(hyper),
            longInteger(n)),
        Cost.ofFloats(5 * n, 7 * n));
  }

  private static int chunks(long n) {
    return Math.toIntExact(Math.ceilDiv(Sizes.positive("n", n), NORM_CHUNK));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "squares_partial",
            "optimizer",
            "partial[c] = sum_{i in chunk c} g[i]²",
            "4 n B, 2 n",
            Tolerance::ofSum),
        new KernelDescription(
            "squares_finish",
            "optimizer",
            "norm = sqrt(sum_c partial[c])",
            "4 chunks B, chunks",
            Tolerance::ofSum),
        new KernelDescription(
            "adam",
            "optimizer",
            "p -= rate (m̂ / (sqrt(v̂) + epsilon) + decay p)",
            "28 n B, 14 n",
            terms -> Tolerance.ulps(16)),
        new KernelDescription(
            "momentum",
            "optimizer",
            "v = beta v + clip g + decay p, p -= rate v",
            "20 n B, 7 n",
            terms -> Tolerance.ulps(8)));
  }
}
