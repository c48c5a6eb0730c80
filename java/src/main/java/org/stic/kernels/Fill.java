package org.stic.kernels;

import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/** One value everywhere; kernels/pointwise/fill.cu. */
public final class Fill {

  private Fill() {}

  /**
   * {@code output[i] = value}.
   *
   * @param output floats [n]
   */
  public static KernelCall constant(long output, long n, float value) {
    return new KernelCall(
        "fill",
        Sizes.positive("n", n),
        1,
        1,
        List.of(pointer(output), longInteger(n), real(value)),
        Cost.ofFloats(n, 0));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "fill", "pointwise", "out = value", "4 n B, 0", terms -> Tolerance.EXACT));
  }
}
