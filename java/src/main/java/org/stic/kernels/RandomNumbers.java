package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.List;

/**
 * Random numbers as pure functions of (seed, counter, element, purpose) by Philox4x32-10;
 * kernels/random/random.cu. The same numbers come in every geometry, and a shorter array is the
 * start of a longer one.
 */
public final class RandomNumbers {

  private RandomNumbers() {}

  /**
   * Independent standard normals.
   *
   * @param output floats [n]
   * @param counter unsigned int [1] on the device: the step
   * @param purpose what the numbers are for, at least 0; other purposes give independent numbers
   */
  public static KernelCall normal(long output, long n, long counter, long seed, int purpose) {
    return call("random_normal", output, n, counter, seed, purpose);
  }

  /**
   * Independent uniforms in the open interval (0, 1), odd multiples of 2^-24.
   *
   * @param output floats [n]
   * @param counter unsigned int [1] on the device: the step
   * @param purpose what the numbers are for, at least 0; other purposes give independent numbers
   */
  public static KernelCall uniform(long output, long n, long counter, long seed, int purpose) {
    return call("random_uniform", output, n, counter, seed, purpose);
  }

  private static KernelCall call(
      String kernel, long output, long n, long counter, long seed, int purpose) {
    return new KernelCall(
        kernel,
        Sizes.positive("n", n),
        1,
        1,
        List.of(
            pointer(output),
            pointer(counter),
            longInteger(n),
            longInteger(seed),
            integer(Sizes.notNegative("purpose", purpose))),
        Cost.ofFloats(n, 20 * n));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "random_normal",
            "random",
            "out[i] ~ N(0, 1) by (seed, counter, i, purpose)",
            "4 n B, 20 n",
            terms -> new Tolerance(0x1p-20, 0x1p-20)),
        new KernelDescription(
            "random_uniform",
            "random",
            "out[i] ~ U(0, 1) by (seed, counter, i, purpose)",
            "4 n B, 20 n",
            terms -> Tolerance.EXACT));
  }
}
