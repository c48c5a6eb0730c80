package org.stic.kernels;

import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Elementwise functions of two arrays; kernels/pointwise/binary.cu. */
public final class Binary {

  private Binary() {}

  /**
   * {@code output[i] = f(a[i], b[i])}.
   *
   * @param output floats [n]; may be a or b
   * @param a floats [n]
   * @param b floats [n]
   */
  public static KernelCall same(long output, long a, long b, long n, BinaryFunction function) {
    return new KernelCall(
        "binary_" + function.kernelName(),
        Sizes.positive("n", n),
        1,
        1,
        List.of(pointer(output), pointer(a), pointer(b), longInteger(n)),
        Cost.ofFloats(3 * n, n));
  }

  /**
   * {@code output[i] = f(a[i . stridesA], b[i . stridesB])} for every index i over the dimensions.
   *
   * @param output floats, packed row-major over {@code dims}
   * @param dims sizes of the output, at most 4, the last one fastest
   * @param stridesA elements between neighbours of a along each dimension; 0 repeats it
   * @param stridesB the same of b
   */
  public static KernelCall broadcast(
      long output,
      long a,
      long b,
      int[] dims,
      int[] stridesA,
      int[] stridesB,
      BinaryFunction function) {
    StridedLoop loop = new StridedLoop(dims);
    List<Argument> arguments = new ArrayList<>(List.of(pointer(output), pointer(a), pointer(b)));
    arguments.addAll(loop.sizes());
    arguments.addAll(loop.strides(stridesA));
    arguments.addAll(loop.strides(stridesB));
    long floats = loop.elements() + loop.distinct(stridesA) + loop.distinct(stridesB);
    return new KernelCall(
        "broadcast_" + function.kernelName(),
        loop.elements(),
        1,
        1,
        arguments,
        Cost.ofFloats(floats, loop.elements()));
  }

  static List<KernelDescription> kernels() {
    return Stream.of(BinaryFunction.values()).flatMap(Binary::kernels).toList();
  }

  private static Stream<KernelDescription> kernels(BinaryFunction function) {
    return Stream.of(
        new KernelDescription(
            "binary_" + function.kernelName(),
            "pointwise",
            "out[i] = f(a[i], b[i]), the name ends in f",
            "12 n B, n",
            terms -> Tolerance.ulps(0.5)),
        new KernelDescription(
            "broadcast_" + function.kernelName(),
            "pointwise",
            "out[i] = f(a[i . sa], b[i . sb]), the name ends in f",
            "4 (n + |a| + |b|) B, n",
            terms -> Tolerance.ulps(0.5)));
  }
}
