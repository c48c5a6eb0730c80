package org.stic.bench.efficiency;

/**
 * What chains have drawn, coordinate by coordinate. Of very many coordinates every n-th is kept.
 */
final class Draws {
  private static final int MOST_COORDINATES = 100;

  private final int dimension;
  private final int stride;
  private final double[][][] series;

  /** Room for {@code steps} draws of chains with {@code dimension} coordinates. */
  Draws(int chains, int dimension, int steps) {
    this.dimension = dimension;
    stride = Math.ceilDiv(dimension, MOST_COORDINATES);
    series = new double[Math.ceilDiv(dimension, stride)][chains][steps];
  }

  /** Keeps the positions of all chains after a step. */
  void add(int step, float[] positions) {
    for (int kept = 0; kept < series.length; kept++) {
      for (int chain = 0; chain < series[kept].length; chain++) {
        series[kept][chain][step] = positions[chain * dimension + kept * stride];
      }
    }
  }

  /** Number of kept coordinates. */
  int count() {
    return series.length;
  }

  /** The index of a kept coordinate among all. */
  int coordinate(int kept) {
    return kept * stride;
  }

  /** The series of a kept coordinate, one row a chain. */
  double[][] series(int kept) {
    return series[kept];
  }
}
