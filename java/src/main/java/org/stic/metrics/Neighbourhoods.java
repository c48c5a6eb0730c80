package org.stic.metrics;

import java.util.Arrays;

/**
 * A set of features in which each point has a ball that reaches to its k-th nearest other point:
 * the union of the balls is what the set covers.
 *
 * <p>Points are compared in blocks, so that no matrix of all distances is ever held.
 */
final class Neighbourhoods {
  private static final int BLOCK = InnerProducts.MOST_ROWS;

  private final Features points;
  private final InnerProducts products;
  private final float[] squaredLengths;
  private final float[] squaredRadii;

  /**
   * Finds the radii.
   *
   * @param k at least 1 and less than the number of points
   */
  Neighbourhoods(Features points, int k, InnerProducts products) {
    if (k < 1 || k >= points.count()) {
      throw new IllegalArgumentException(
          "%d points have no %d nearest others".formatted(points.count(), k));
    }
    this.points = points;
    this.products = products;
    squaredLengths = squaredLengths(points);
    squaredRadii = radii(k);
  }

  private float[] radii(int k) {
    float[] nearest = new float[points.count() * k];
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    forEachPair(
        points,
        squaredLengths,
        (query, point, squaredDistance) -> {
          if (query != point) {
            insert(nearest, query * k, k, squaredDistance);
          }
        });
    float[] radii = new float[points.count()];
    for (int point = 0; point < radii.length; point++) {
      radii[point] = nearest[point * k + k - 1];
    }
    return radii;
  }

  /** Keeps the k smallest, ascending. */
  private static void insert(float[] sorted, int start, int k, float value) {
    int place = start + k - 1;
    if (value >= sorted[place]) {
      return;
    }
    while (place > start && sorted[place - 1] > value) {
      sorted[place] = sorted[place - 1];
      place--;
    }
    sorted[place] = value;
  }

  /**
   * What other points see of the balls.
   *
   * @param covered fraction of the queries that lie in a ball
   * @param balls mean number of balls that a query lies in
   * @param reached fraction of the balls that hold a query
   */
  record Cover(double covered, double balls, double reached) {}

  /** Asks of every query which balls it lies in; on the edge is outside. */
  Cover cover(Features queries) {
    long[] balls = {0};
    boolean[] isCovered = new boolean[queries.count()];
    boolean[] isReached = new boolean[points.count()];
    forEachPair(
        queries,
        squaredLengths(queries),
        (query, point, squaredDistance) -> {
          if (squaredDistance < squaredRadii[point]) {
            balls[0]++;
            isCovered[query] = true;
            isReached[point] = true;
          }
        });
    return new Cover(share(isCovered), (double) balls[0] / queries.count(), share(isReached));
  }

  private static double share(boolean[] flags) {
    int set = 0;
    for (boolean flag : flags) {
      set += flag ? 1 : 0;
    }
    return (double) set / flags.length;
  }

  @FunctionalInterface
  private interface PairVisitor {
    void visit(int query, int point, float squaredDistance);
  }

  /** {@code |q - p|^2 = |q|^2 + |p|^2 - 2 <q, p>} of all pairs, block by block. */
  private void forEachPair(Features queries, float[] queryLengths, PairVisitor visitor) {
    float[] inner = new float[BLOCK * BLOCK];
    for (int from = 0; from < queries.count(); from += BLOCK) {
      int rows = Math.min(BLOCK, queries.count() - from);
      float[] block = rows(queries, from, rows);
      for (int start = 0; start < points.count(); start += BLOCK) {
        int columns = Math.min(BLOCK, points.count() - start);
        float[] others = rows(points, start, columns);
        products.compute(block, rows, others, columns, points.width(), inner);
        for (int index = 0; index < rows * columns; index++) {
          int query = from + index / columns;
          int point = start + index % columns;
          float distance = queryLengths[query] + squaredLengths[point] - 2 * inner[index];
          visitor.visit(query, point, Math.max(0, distance));
        }
      }
    }
  }

  private static float[] rows(Features features, int from, int count) {
    int width = features.width();
    return Arrays.copyOfRange(features.values(), from * width, (from + count) * width);
  }

  private static float[] squaredLengths(Features features) {
    int width = features.width();
    float[] lengths = new float[features.count()];
    for (int row = 0; row < lengths.length; row++) {
      double sum = 0;
      for (int column = 0; column < width; column++) {
        double value = features.values()[row * width + column];
        sum += value * value;
      }
      lengths[row] = (float) sum;
    }
    return lengths;
  }
}
