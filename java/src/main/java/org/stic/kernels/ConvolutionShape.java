package org.stic.kernels;

/**
 * Sizes of a two-dimensional convolution: {@code images} maps of {@code channels x height x width}
 * (NCHW) with {@code filters} filters of {@code channels x filterHeight x filterWidth} (KCRS). The
 * input counts as 0 outside the image.
 *
 * @param stride step of the filter in both directions
 * @param padding rows and columns of zeros on every side, also more than the filter's own size
 */
public record ConvolutionShape(
    int images,
    int channels,
    int height,
    int width,
    int filters,
    int filterHeight,
    int filterWidth,
    int stride,
    int padding) {

  /** Checks that the output is not empty and that every tensor can be indexed by an int. */
  public ConvolutionShape {
    Sizes.positive("images", images);
    Sizes.positive("channels", channels);
    Sizes.positive("height", height);
    Sizes.positive("width", width);
    Sizes.positive("filters", filters);
    Sizes.positive("filterHeight", filterHeight);
    Sizes.positive("filterWidth", filterWidth);
    Sizes.positive("stride", stride);
    Sizes.notNegative("padding", padding);
    requireFit("height", height, filterHeight, padding);
    requireFit("width", width, filterWidth, padding);
    Sizes.indexable("convolution input", images, channels, height, width);
    Sizes.indexable("convolution filter", filters, channels, filterHeight, filterWidth);
    Sizes.indexable(
        "convolution output",
        images,
        filters,
        outputSize(height, filterHeight, stride, padding),
        outputSize(width, filterWidth, stride, padding));
  }

  /** {@code (height + 2 padding - filterHeight) / stride + 1}, rounded down. */
  public int outputHeight() {
    return outputSize(height, filterHeight, stride, padding);
  }

  /** {@code (width + 2 padding - filterWidth) / stride + 1}, rounded down. */
  public int outputWidth() {
    return outputSize(width, filterWidth, stride, padding);
  }

  /** Elements of the input. */
  public long inputElements() {
    return (long) images * channels * height * width;
  }

  /** Elements of the output. */
  public long outputElements() {
    return pixels() * filters;
  }

  /** Elements of all filters. */
  public long filterElements() {
    return (long) filters * taps();
  }

  /** Output positions over all images. */
  public long pixels() {
    return (long) images * outputHeight() * outputWidth();
  }

  /** Terms of one output element. */
  public int taps() {
    return channels * filterHeight * filterWidth;
  }

  /** Floating-point operations of each of the three products. */
  public long flops() {
    return 2 * outputElements() * taps();
  }

  private static int outputSize(int size, int filterSize, int stride, int padding) {
    return (size + 2 * padding - filterSize) / stride + 1;
  }

  private static void requireFit(String axis, int size, int filterSize, int padding) {
    if ((long) size + 2L * padding < filterSize) {
      throw new IllegalArgumentException(
          "the filter's %s %d exceeds the padded input's %d + 2 * %d"
              .formatted(axis, filterSize, size, padding));
    }
  }
}
