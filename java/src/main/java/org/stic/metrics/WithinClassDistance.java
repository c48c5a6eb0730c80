package org.stic.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.distance.EuclideanDistance;

/**
 * How far images of the same class lie from each other: the mean Euclidean distance of all pairs of
 * a class, averaged over the classes. Drawings' distance over real images' distance is their
 * diversity: near 0 where all drawings of a class are alike, 1 where they vary as real images do.
 */
public final class WithinClassDistance {
  private static final EuclideanDistance EUCLIDEAN = new EuclideanDistance();

  private WithinClassDistance() {}

  /**
   * The mean distance, over the first {@code mostPerClass} vectors of each class; NaN if no class
   * has two.
   *
   * @param vectors one row of {@code width} numbers per image, row-major
   * @param labels the class of each row
   */
  public static double of(float[] vectors, int width, int[] labels, int mostPerClass) {
    if (vectors.length != labels.length * width) {
      throw new IllegalArgumentException(
          "%d numbers are not %d rows of %d".formatted(vectors.length, labels.length, width));
    }
    return IntStream.of(labels)
        .distinct()
        .mapToObj(label -> ofClass(vectors, width, labels, label, mostPerClass))
        .filter(rows -> rows.length > 1)
        .mapToDouble(WithinClassDistance::meanDistance)
        .average()
        .orElse(Double.NaN);
  }

  private static double[][] ofClass(float[] vectors, int width, int[] labels, int label, int most) {
    return IntStream.range(0, labels.length)
        .filter(row -> labels[row] == label)
        .limit(most)
        .mapToObj(row -> row(vectors, row * width, width))
        .toArray(double[][]::new);
  }

  private static double[] row(float[] vectors, int start, int width) {
    double[] row = new double[width];
    Arrays.setAll(row, column -> vectors[start + column]);
    return row;
  }

  private static double meanDistance(double[][] rows) {
    double sum = 0;
    for (int one = 0; one < rows.length; one++) {
      for (int other = 0; other < one; other++) {
        sum += EUCLIDEAN.compute(rows[one], rows[other]);
      }
    }
    return sum / (rows.length * (rows.length - 1) / 2.0);
  }
}
