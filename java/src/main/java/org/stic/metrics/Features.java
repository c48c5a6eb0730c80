package org.stic.metrics;

import java.util.Arrays;

/**
 * What a judge sees in a set of images: one vector for each.
 *
 * @param values one row of {@code width} finite numbers per image, row-major; not copied
 * @param width length of a vector
 */
@SuppressWarnings("ArrayRecordComponent")
public record Features(float[] values, int width) {
  public Features {
    Finite.require("feature", values, width);
  }

  /** Number of images. */
  public int count() {
    return values.length / width;
  }

  /** The first vectors; these themselves where that is all of them. */
  public Features first(int count) {
    return count == count() ? this : new Features(Arrays.copyOf(values, count * width), width);
  }

  /** The mean vector. */
  double[] mean() {
    double[] mean = new double[width];
    for (int index = 0; index < values.length; index++) {
      mean[index % width] += values[index];
    }
    for (int column = 0; column < width; column++) {
      mean[column] /= count();
    }
    return mean;
  }

  /** The same vectors less {@code centre}. */
  Features minus(double[] centre) {
    float[] moved = new float[values.length];
    for (int index = 0; index < moved.length; index++) {
      moved[index] = (float) (values[index] - centre[index % width]);
    }
    return new Features(moved, width);
  }
}
