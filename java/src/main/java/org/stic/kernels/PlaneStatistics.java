package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/**
 * What normalisations are made of: straight lines and statistics of each plane (image, channel) of
 * feature maps; kernels/norm.
 */
public final class PlaneStatistics {

  private PlaneStatistics() {}

  /**
   * {@code output[r, p] = scale[r mod K] input[r, p] + shift[r mod K]}, K being {@code
   * coefficients}.
   *
   * @param output floats [planes, positions]; may be the input
   * @param input floats [planes, positions]
   * @param scale floats [coefficients]
   * @param shiftOrZero floats [coefficients], or 0 for none
   */
  public static KernelCall affine(
      long output,
      long input,
      long scale,
      long shiftOrZero,
      int planes,
      int positions,
      int coefficients) {
    long elements = elements(planes, positions);
    return new KernelCall(
        "plane_affine",
        planes,
        positions,
        1,
        List.of(
            pointer(output),
            pointer(input),
            pointer(scale),
            pointer(shiftOrZero),
            integer(planes),
            integer(positions),
            integer(Sizes.positive("coefficients", coefficients))),
        Cost.ofFloats(2 * elements, 2 * elements));
  }

  /**
   * {@code output[r, p] = a[r mod K] x[r, p] + b[r mod K] y[r, p] + shift[r mod K]}.
   *
   * @param output floats [planes, positions]; may be x or y
   * @param shiftOrZero floats [coefficients], or 0 for none
   */
  public static KernelCall combine(
      long output,
      long x,
      long y,
      long a,
      long b,
      long shiftOrZero,
      int planes,
      int positions,
      int coefficients) {
    long elements = elements(planes, positions);
    return new KernelCall(
        "plane_combine",
        planes,
        positions,
        1,
        List.of(
            pointer(output),
            pointer(x),
            pointer(y),
            pointer(a),
            pointer(b),
            pointer(shiftOrZero),
            integer(planes),
            integer(positions),
            integer(Sizes.positive("coefficients", coefficients))),
        Cost.ofFloats(3 * elements, 4 * elements));
  }

  /**
   * {@code output[0, r]} = mean of plane r, {@code output[1, r]} = its mean squared distance from
   * that mean.
   *
   * @param output floats [2, planes]
   * @param input floats [planes, positions]
   */
  public static KernelCall moments(long output, long input, int planes, int positions) {
    long elements = elements(planes, positions);
    return new KernelCall(
        "plane_moments",
        planes,
        1,
        1,
        List.of(pointer(output), pointer(input), integer(planes), integer(positions)),
        Cost.ofFloats(elements, 4 * elements));
  }

  /**
   * {@code output[r] = sum_p x[r, p] y[r, p]}.
   *
   * @param output floats [planes]
   */
  public static KernelCall dot(long output, long x, long y, int planes, int positions) {
    long elements = elements(planes, positions);
    return new KernelCall(
        "plane_dot",
        planes,
        1,
        1,
        List.of(pointer(output), pointer(x), pointer(y), integer(positions)),
        Cost.ofFloats(2 * elements, 2 * elements));
  }

  private static long elements(int planes, int positions) {
    return Sizes.product("planes", planes, "positions", positions);
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "plane_affine",
            "norm",
            "out[r, p] = scale[r mod K] x[r, p] + shift[r mod K]",
            "8 n B, 2 n",
            terms -> Tolerance.ofSum(2)),
        new KernelDescription(
            "plane_combine",
            "norm",
            "out[r, p] = a[r mod K] x[r, p] + b[r mod K] y[r, p] + shift[r mod K]",
            "12 n B, 4 n",
            terms -> Tolerance.ofSum(3)),
        new KernelDescription(
            "plane_moments",
            "norm",
            "out[0, r] = mean_p x[r, p], out[1, r] = mean_p (x[r, p] - out[0, r])²",
            "4 n B, 4 n",
            Tolerance::ofSum),
        new KernelDescription(
            "plane_dot", "norm", "out[r] = sum_p x[r, p] y[r, p]", "8 n B, 2 n", Tolerance::ofSum));
  }
}
