package org.stic.sampler;

import org.stic.graph.Shape;

/**
 * A coarse version of images: averages over square windows, and bicubic interpolation back.
 *
 * @param image shape of one image, [channels, height, width], a multiple of the window
 * @param window pixels of a window's side
 */
record CoarseGrid(Shape image, int window) {
  /** Longest side of the grid, which bounds the size of a covariance of grids. */
  private static final int LONGEST_SIDE = 16;

  private static final int TAPS = 4;

  /** The free parameter of Keys's cubic; -3/4 as in common image libraries. */
  private static final double CUBIC = -0.75;

  CoarseGrid {
    if (image.dim(1) % window != 0 || image.dim(2) % window != 0) {
      throw new IllegalArgumentException(
          "a class-gaussian canvas needs images whose sides are multiples of %d, not %d x %d"
              .formatted(window, image.dim(1), image.dim(2)));
    }
  }

  /** A grid of at most 16 x 16, and at most half of the image's sides. */
  static CoarseGrid of(Shape image) {
    int side = Math.max(image.dim(1), image.dim(2));
    return new CoarseGrid(image, Math.max(2, Math.ceilDiv(side, LONGEST_SIDE)));
  }

  int height() {
    return image.dim(1) / window;
  }

  int width() {
    return image.dim(2) / window;
  }

  /** Numbers of one grid. */
  int elements() {
    return image.dim(0) * height() * width();
  }

  /** Writes the averages of an image's windows to {@code target[offset ...]}. */
  void average(float[] pixels, float[] target, int offset) {
    float share = 1f / (window * window);
    for (int index = 0; index < elements(); index++) {
      int row = index / width() * window;
      int column = index % width() * window;
      float sum = 0;
      for (int y = row; y < row + window; y++) {
        for (int x = column; x < column + window; x++) {
          sum += pixels[y * image.dim(2) + x];
        }
      }
      target[offset + index] = share * sum;
    }
  }

  /**
   * Writes the image whose pixels interpolate a grid, both with their centres in the middle of
   * their cells; beyond the edge the outermost value goes on.
   *
   * <p>Source: Keys, "Cubic convolution interpolation for digital image processing", 1981.
   */
  void interpolate(float[] grid, float[] target, int offset) {
    int channels = image.dim(0);
    float[] wide = new float[channels * height() * image.dim(2)];
    stretch(grid, wide, 0, channels * height(), width(), 1);
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = new float[height() * image.dim(2)];
      System.arraycopy(wide, channel * plane.length, plane, 0, plane.length);
      stretch(
          plane, target, offset + channel * image.dim(1) * image.dim(2), 1, height(), image.dim(2));
    }
  }

  /**
   * Stretches the middle axis of source[outer, cells, inner] by the window to target[outer, cells *
   * window, inner].
   */
  private void stretch(
      float[] source, float[] target, int offset, int outer, int cells, int inner) {
    for (int place = 0; place < cells * window; place++) {
      double centre = (place + 0.5) / window - 0.5;
      int first = (int) Math.floor(centre) - 1;
      for (int tap = 0; tap < TAPS; tap++) {
        int cell = Math.clamp(first + tap, 0, cells - 1);
        float weight = (float) cubic(Math.abs(centre - first - tap));
        for (int o = 0; o < outer; o++) {
          int from = (o * cells + cell) * inner;
          int to = offset + (o * cells * window + place) * inner;
          for (int i = 0; i < inner; i++) {
            target[to + i] = weight * source[from + i] + (tap == 0 ? 0 : target[to + i]);
          }
        }
      }
    }
  }

  /** Weight of a value at a distance of up to two cells. */
  private static double cubic(double x) {
    return x <= 1
        ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
        : ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;
  }
}
