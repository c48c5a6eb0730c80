package org.stic.kernels;

/** Where the launches of {@link HopperConvolution} keep packed operands and partial sums. */
final class HopperWorkspace {
  /** Of every part, in bytes. */
  static final int ALIGNMENT = 256;

  /** Columns of the tiles that there are kernels for, widest first. */
  static final int[] FORWARD_WIDTHS = {256, 160, 128, 64};

  static final int[] FILTER_WIDTHS = {160, 128, 64};

  private static final int BFLOAT16_BYTES = 2;

  /** Channels are packed in multiples of 16 bytes. */
  private static final int PACKED = 8;

  private static final int ROWS = 128;
  private static final int DEPTH = 64;

  /** Tiles that keep every multiprocessor of the largest GPUs busy twice. */
  private static final int USEFUL_TILES = 264;

  private static final int LEAST_PIXELS_OF_SPLIT = 512;

  /** Both operands of a product of images and filters. */
  record Forward(long images, long filter, long end) {}

  /** The operands of a product of images and gradients, and its partial sums. */
  record Filter(long gradients, long images, long partial, long end) {}

  private HopperWorkspace() {}

  static int packed(int channels) {
    return Math.ceilDiv(channels, PACKED) * PACKED;
  }

  static Forward forward(ConvolutionShape s, long begin) {
    long filter = aligned(begin + images(s, s.channels(), s.height() * s.width()));
    return new Forward(begin, filter, aligned(filter + filters(s, s.filters(), s.channels())));
  }

  static Forward backwardData(ConvolutionShape s, long begin) {
    int pixels = s.outputHeight() * s.outputWidth();
    long filter = aligned(begin + images(s, s.filters(), pixels));
    return new Forward(begin, filter, aligned(filter + filters(s, s.channels(), s.filters())));
  }

  static Filter backwardFilter(ConvolutionShape s, int width, long begin) {
    int pixels = s.outputHeight() * s.outputWidth();
    long images = aligned(begin + images(s, s.filters(), pixels));
    long partial = aligned(images + images(s, s.channels(), s.height() * s.width()));
    long splits = Math.ceilDiv(s.pixels(), (long) pixelsPerSplit(s, width));
    long taps = (long) s.filterHeight() * s.filterWidth();
    long sums = splits * taps * s.filters() * packed(s.channels());
    return new Filter(begin, images, partial, aligned(partial + sums * Float.BYTES));
  }

  /**
   * Pixels of one part of the filter gradient's sum, a multiple of a step's; by the shape alone, so
   * that the order of additions is the same everywhere.
   */
  static int pixelsPerSplit(ConvolutionShape s, int width) {
    long tiles =
        (long) s.filterHeight()
            * s.filterWidth()
            * Math.ceilDiv(s.filters(), ROWS)
            * Math.ceilDiv(s.channels(), width);
    long most = Math.max(1, s.pixels() / LEAST_PIXELS_OF_SPLIT);
    long splits = Math.clamp(USEFUL_TILES / tiles, 1, most);
    return Math.toIntExact(Math.ceilDiv(Math.ceilDiv(s.pixels(), splits), (long) DEPTH) * DEPTH);
  }

  /** The kernel that computes the fewest columns in vain; of several the widest. */
  static int width(int columns, int... widths) {
    int best = widths[0];
    for (int width : widths) {
      if (Math.ceilDiv(columns, width) * width < Math.ceilDiv(columns, best) * best) {
        best = width;
      }
    }
    return best;
  }

  private static long images(ConvolutionShape s, int channels, int pixels) {
    return (long) s.images() * pixels * packed(channels) * BFLOAT16_BYTES;
  }

  private static long filters(ConvolutionShape s, int rows, int columns) {
    return (long) s.filterHeight() * s.filterWidth() * rows * packed(columns) * BFLOAT16_BYTES;
  }

  private static long aligned(long address) {
    return Math.ceilDiv(address, (long) ALIGNMENT) * ALIGNMENT;
  }
}
