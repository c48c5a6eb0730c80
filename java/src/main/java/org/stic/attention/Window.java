package org.stic.attention;

/**
 * The five parameters of one window of N x N Gaussians; see {@link Windows}.
 *
 * @param centreX column of the centre in pixels, the first column being 0
 * @param centreY row of the centre
 * @param stride pixels between neighbouring Gaussians
 * @param width their standard deviation in pixels
 * @param gain what is read is multiplied by it, and what is written divided
 */
public record Window(double centreX, double centreY, double stride, double width, double gain) {

  public Window {
    if (!isFinite(centreX) || !isFinite(centreY)) {
      throw new IllegalArgumentException(
          "a window's centre must be finite, not (%s, %s)".formatted(centreX, centreY));
    }
    requirePositive("stride", stride);
    requirePositive("width", width);
    requirePositive("gain", gain);
  }

  private static boolean isFinite(double value) {
    return Math.abs(value) < Double.POSITIVE_INFINITY;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a window's %s must be a positive number, not %s".formatted(name, value));
    }
  }

  /** Writes the parameters to row {@code index} of a table. */
  void put(float[] table, int index) {
    int start = index * Windows.PARAMETERS;
    table[start] = (float) centreX;
    table[start + 1] = (float) centreY;
    table[start + 2] = (float) stride;
    table[start + 3] = (float) width;
    table[start + 4] = (float) gain;
  }
}
