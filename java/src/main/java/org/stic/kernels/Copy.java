package org.stic.kernels;

import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;

import java.util.ArrayList;
import java.util.List;

/** Copies between arrays of any strides; kernels/pointwise/copy.cu. */
public final class Copy {

  private Copy() {}

  /**
   * {@code output[outputOffset + i . outputStrides] = input[inputOffset + i . inputStrides]} for
   * every index i over the dimensions: expansion, slice, embedding, concatenation, transposition.
   *
   * @param output floats; does not overlap the input, and no two indices may meet in it
   * @param dims sizes of the loop, at most 4, the last one fastest
   * @param outputStrides elements between neighbours of the output along each dimension
   * @param outputOffset the output's first element
   * @param inputStrides the same of the input; 0 repeats it
   * @param inputOffset the input's first element
   */
  public static KernelCall strided(
      long output,
      long input,
      int[] dims,
      int[] outputStrides,
      long outputOffset,
      int[] inputStrides,
      long inputOffset) {
    StridedLoop loop = new StridedLoop(dims);
    List<Argument> arguments = new ArrayList<>(List.of(pointer(output), pointer(input)));
    arguments.addAll(loop.sizes());
    arguments.addAll(loop.strides(outputStrides));
    arguments.add(longInteger(outputOffset));
    arguments.addAll(loop.strides(inputStrides));
    arguments.add(longInteger(inputOffset));
    Cost cost = Cost.ofFloats(loop.elements() + loop.distinct(inputStrides), 0);
    return new KernelCall("copy_strided", loop.elements(), 1, 1, arguments, cost);
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "copy_strided",
            "pointwise",
            "out[o + i . so] = in[p + i . si]",
            "4 (n + |in|) B, 0",
            terms -> Tolerance.EXACT));
  }
}
