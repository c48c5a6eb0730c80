package org.stic.metrics;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Kernel distance of two sets of features: the unbiased estimate of the squared maximum mean
 * discrepancy under {@code k(x, y) = (<x, y> / d + 1)^3}. It is near 0, and may fall below, where
 * the sets are alike; unlike the Frechet distance its expectation does not depend on the number of
 * images. It is the KID only when Inception-v3 made the features.
 *
 * <p>Source: Binkowski, Sutherland, Arbel, Gretton, "Demystifying MMD GANs", ICLR 2018.
 *
 * @param mean mean over the subsets
 * @param standardError deviation over the subsets over the root of their number; the subsets share
 *     images, so that it says how far the choice of subsets matters, not other images
 * @param subsets number of random subsets
 * @param subsetSize images of each set in a subset
 */
public record KernelDistance(double mean, double standardError, int subsets, int subsetSize) {
  /** Usual number of subsets. */
  public static final int SUBSETS = 100;

  /** Usual size of a subset; smaller sets are compared whole, each subset in part. */
  public static final int SUBSET_SIZE = InnerProducts.MOST_ROWS;

  /**
   * The distance over random subsets without repetition.
   *
   * @param subsetSize at least 2; no more than either set has images
   */
  public static KernelDistance of(
      Features one,
      Features other,
      int subsets,
      int subsetSize,
      RandomGenerator random,
      InnerProducts products) {
    int most = Math.min(one.count(), other.count());
    if (one.width() != other.width() || subsetSize < 2 || subsetSize > most || subsets < 1) {
      throw new IllegalArgumentException(
          "subsets of %d cannot be drawn of %d images of width %d and %d of width %d"
              .formatted(subsetSize, one.count(), one.width(), other.count(), other.width()));
    }
    Estimate estimate = new Estimate(one.width(), subsetSize, products);
    SummaryStatistics summary = new SummaryStatistics();
    for (int subset = 0; subset < subsets; subset++) {
      summary.addValue(estimate.of(draw(one, subsetSize, random), draw(other, subsetSize, random)));
    }
    double error = summary.getStandardDeviation() / Math.sqrt(subsets);
    return new KernelDistance(
        summary.getMean(), subsets > 1 ? error : Double.NaN, subsets, subsetSize);
  }

  /** The usual subsets: at most half of the smaller set in each, so that subsets differ. */
  public static KernelDistance of(
      Features one, Features other, RandomGenerator random, InnerProducts products) {
    int size = Math.min(SUBSET_SIZE, Math.max(2, Math.min(one.count(), other.count()) / 2));
    return of(one, other, SUBSETS, size, random, products);
  }

  /** The first rows of a random permutation. */
  private static float[] draw(Features features, int size, RandomGenerator random) {
    int width = features.width();
    int[] places = IntStream.range(0, features.count()).toArray();
    float[] drawn = new float[size * width];
    for (int row = 0; row < size; row++) {
      int other = row + random.nextInt(places.length - row);
      int chosen = places[other];
      places[other] = places[row];
      System.arraycopy(features.values(), chosen * width, drawn, row * width, width);
    }
    return drawn;
  }

  /** {@code (sum_{i != j} k(x_i, x_j) + k(y_i, y_j)) / (n (n - 1)) - 2 mean k(x_i, y_j)}. */
  private record Estimate(int width, int size, InnerProducts products) {

    double of(float[] one, float[] other) {
      float[] target = new float[size * size];
      double within = sum(one, one, target, false) + sum(other, other, target, false);
      double between = sum(one, other, target, true);
      return within / (size * (size - 1.0)) - 2 * between / ((double) size * size);
    }

    private double sum(float[] one, float[] other, float[] target, boolean withDiagonal) {
      products.compute(one, size, other, size, width, target);
      double sum = 0;
      for (int index = 0; index < target.length; index++) {
        if (withDiagonal || index / size != index % size) {
          double inner = (double) target[index] / width + 1;
          sum += inner * inner * inner;
        }
      }
      return sum;
    }
  }
}
