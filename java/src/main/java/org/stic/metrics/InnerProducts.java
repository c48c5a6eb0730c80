package org.stic.metrics;

/**
 * Inner products of all pairs of rows: what distances and kernels between images cost. A device's
 * matrix product takes the place of {@link #PLAIN} where sets are large.
 */
@FunctionalInterface
public interface InnerProducts {

  /** Most rows of either set that one call is given. */
  int MOST_ROWS = 1000;

  /** The products one by one, in double precision. */
  InnerProducts PLAIN = InnerProducts::plain;

  /**
   * Writes {@code target[i * otherRows + j] = <row i of one, row j of other>}.
   *
   * @param one the first rows of this array are used, {@code width} numbers each
   * @param other the same for the second set
   * @param target at least {@code oneRows * otherRows} numbers
   */
  void compute(float[] one, int oneRows, float[] other, int otherRows, int width, float[] target);

  private static void plain(
      float[] one, int oneRows, float[] other, int otherRows, int width, float[] target) {
    for (int i = 0; i < oneRows; i++) {
      for (int j = 0; j < otherRows; j++) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
          sum += (double) one[i * width + k] * other[j * width + k];
        }
        target[i * otherRows + j] = (float) sum;
      }
    }
  }
}
