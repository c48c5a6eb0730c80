package org.stic.kernels;

import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/** A straight line of each element; kernels/pointwise/affine.cu. */
public final class Affine {

  private Affine() {}

  /**
   * {@code output[i] = scale * input[i] + offset}.
   *
   * @param output floats [n]; may be the input
   * @param input floats [n]
   */
  public static KernelCall apply(long output, long input, long n, float scale, float offset) {
    return new KernelCall(
        "affine",
        Sizes.positive("n", n),
        1,
        1,
        List.of(pointer(output), pointer(input), longInteger(n), real(scale), real(offset)),
        Cost.ofFloats(2 * n, 2 * n));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "affine",
            "pointwise",
            "out = scale in + offset",
            "8 n B, 2 n",
            terms -> Tolerance.ulps(1)));
  }
}
