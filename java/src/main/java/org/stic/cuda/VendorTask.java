package org.stic.cuda;

/**
 * What a vendor's library may do instead of a kernel. Addresses are the device's, tensors packed
 * single precision: matrices row-major, images NCHW, filters KCRS.
 */
public sealed interface VendorTask {

  /**
   * {@code C[b] = scale op(A[b]) op(B[b])} for a batch.
   *
   * @param rows rows of C and of op(A)
   * @param columns columns of C and of op(B)
   * @param inner columns of op(A), rows of op(B)
   * @param transposeA A is stored as inner x rows
   * @param transposeB B is stored as columns x inner
   * @param strideA elements between two matrices A, 0 for one shared by all
   * @param strideB elements between two matrices B, 0 for one shared by all
   */
  record Product(
      long c,
      long a,
      long b,
      int batch,
      int rows,
      int columns,
      int inner,
      boolean transposeA,
      boolean transposeB,
      long strideA,
      long strideB,
      float scale)
      implements VendorTask {}

  /** Sizes of a convolution; the same stride and padding in both directions. */
  record Sizes(
      int images,
      int channels,
      int height,
      int width,
      int filters,
      int filterHeight,
      int filterWidth,
      int stride,
      int padding,
      int outputHeight,
      int outputWidth) {}

  /**
   * {@code output = f(input * filter + bias + addend)}, {@code f(v) = v >= 0 ? v : slope v}.
   *
   * @param bias one value per filter, or 0 for none
   * @param addend laid out as the output, or 0 for none
   * @param slope from 0 to 1
   */
  record ConvolutionForward(
      long output, long input, long filter, long bias, long addend, float slope, Sizes sizes)
      implements VendorTask {}

  /** The gradient of a convolution by its input. */
  record ConvolutionBackwardData(long inputGradient, long outputGradient, long filter, Sizes sizes)
      implements VendorTask {}

  /** The gradient of a convolution by its filter. */
  record ConvolutionBackwardFilter(
      long filterGradient, long outputGradient, long input, Sizes sizes) implements VendorTask {}

  /** Nothing: the task before has computed this kernel's result. */
  record Included() implements VendorTask {}
}
