package org.stic.metrics;

/**
 * Images as planes of pixels, channel after channel and row after row.
 *
 * @param height rows of a plane
 * @param width columns of a plane
 */
public record Planes(int height, int width) {

  public Planes {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("a plane has at least one row and one column");
    }
  }

  /**
   * Mean square of {@code x - b} over all pixels, b being the mean of the pixel's 3x3 neighbourhood
   * (of the part that lies inside the picture, at its edge). Over the energy of real images it says
   * how sharp drawings are: above 1 they are noisy, below 1 they are blurred.
   *
   * @param pixels any number of planes, one after another
   */
  public double highFrequencyEnergy(float[] pixels) {
    requirePlanes(pixels);
    double sum = 0;
    for (int index = 0; index < pixels.length; index++) {
      int start = index / (height * width) * height * width;
      int row = (index - start) / width;
      int column = (index - start) % width;
      double blurred =
          mean(
              pixels,
              start,
              new Window(
                  Math.max(0, row - 1),
                  Math.min(height, row + 2),
                  Math.max(0, column - 1),
                  Math.min(width, column + 2)));
      sum += (pixels[index] - blurred) * (pixels[index] - blurred);
    }
    return sum / pixels.length;
  }

  /**
   * The same planes at {@code side} x {@code side} pixels: each is the mean of the pixels that it
   * touches, so that the side need not divide the size.
   */
  public float[] thumbnails(float[] pixels, int side) {
    requirePlanes(pixels);
    int planes = pixels.length / (height * width);
    float[] small = new float[planes * side * side];
    for (int index = 0; index < small.length; index++) {
      int row = index / side % side;
      int column = index % side;
      Window window =
          new Window(
              row * height / side,
              Math.ceilDiv((row + 1) * height, side),
              column * width / side,
              Math.ceilDiv((column + 1) * width, side));
      small[index] = (float) mean(pixels, index / (side * side) * height * width, window);
    }
    return small;
  }

  /** Rows and columns of a rectangle; the ends are outside. */
  private record Window(int top, int bottom, int left, int right) {
    int pixels() {
      return (bottom - top) * (right - left);
    }
  }

  private double mean(float[] pixels, int start, Window window) {
    double sum = 0;
    for (int row = window.top(); row < window.bottom(); row++) {
      for (int column = window.left(); column < window.right(); column++) {
        sum += pixels[start + row * width + column];
      }
    }
    return sum / window.pixels();
  }

  private void requirePlanes(float[] pixels) {
    if (pixels.length == 0 || pixels.length % (height * width) != 0) {
      throw new IllegalArgumentException(
          "%d pixels are no planes of %dx%d".formatted(pixels.length, height, width));
    }
  }
}
