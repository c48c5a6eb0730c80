package org.stic.cuda;

import java.util.List;

/**
 * How a packed tensor of bfloat16 in device memory is copied into shared memory by the copy engine
 * of GPUs of capability 9.0 (TMA). Sizes name the innermost dimension first, whose elements are
 * neighbours in memory. The copied rows are swizzled over 128 bytes, so the innermost box has at
 * most 64 elements; what lies outside the tensor is copied as 0.
 */
public sealed interface TensorMap {
  /** Bytes of an element. */
  int ELEMENT_BYTES = 2;

  /** The device address of the tensor, a multiple of 16. */
  long address();

  /** The tensor's sizes; the innermost is a multiple of 8. */
  List<Integer> sizes();

  /**
   * Boxes of one shape, anywhere in the tensor.
   *
   * @param box the box's sizes, one a dimension
   */
  record Tiled(long address, List<Integer> sizes, List<Integer> box) implements TensorMap {
    public Tiled {
      sizes = List.copyOf(sizes);
      box = List.copyOf(box);
    }
  }

  /**
   * Columns of a convolution's patches: of images (channels, width, height, images) a number of
   * consecutive positions of the filter, at each the channels under one of its taps. Positions
   * begin at the lower corner and end at the upper corner beyond the last row and column.
   *
   * @param lower where positions begin: column, row
   * @param upper where they end, relative to the last column and row
   * @param stride the distance of two positions in both directions
   * @param channels channels of one copy
   * @param pixels positions of one copy
   */
  record Im2col(
      long address,
      List<Integer> sizes,
      List<Integer> lower,
      List<Integer> upper,
      int stride,
      int channels,
      int pixels)
      implements TensorMap {
    public Im2col {
      sizes = List.copyOf(sizes);
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
    }
  }
}
