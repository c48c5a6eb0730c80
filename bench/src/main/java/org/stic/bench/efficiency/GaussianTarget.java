package org.stic.bench.efficiency;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.sampler.LogDensity;

/**
 * A normal distribution around 0, {@code U(x) = -x^T P x / 2}, so narrow that the sides of the box
 * are more than six deviations away. Its precision P is either diagonal, with deviations that grow
 * geometrically, or that of a stationary autoregression of order one, whose coordinates depend on
 * each other: a diagonal preconditioner helps with the first and not with the second.
 */
@SuppressWarnings("ArrayRecordComponent")
record GaussianTarget(String label, double[] deviations, double correlation) implements Target {
  private static final double WIDEST = 0.15;

  /** Chains begin with this many times the deviations. */
  private static final double OVERDISPERSION = 1.5;

  /** Part of the stability limit of approximate steps, {@code 2 / L} for a gradient's slope L. */
  private static final double APPROXIMATE_SHARE = 0.05;

  /**
   * Coordinates without correlation.
   *
   * @param condition the largest variance over the smallest, at least 1
   */
  static GaussianTarget diagonal(String label, int dimension, double condition) {
    double[] deviations = new double[dimension];
    Arrays.setAll(
        deviations,
        index -> WIDEST * Math.pow(condition, -0.5 * index / Math.max(1, dimension - 1)));
    return new GaussianTarget(label, deviations, 0);
  }

  /**
   * Coordinates i and j with covariance {@code variance correlation^|i - j|}.
   *
   * @param correlation of neighbours, in (-1, 1)
   */
  static GaussianTarget correlated(String label, int dimension, double correlation) {
    double[] deviations = new double[dimension];
    Arrays.fill(deviations, WIDEST);
    return new GaussianTarget(label, deviations, correlation);
  }

  @Override
  public Shape shape(int chains) {
    return Shape.of(chains, deviations.length);
  }

  @Override
  public LogDensity density() {
    return position -> {
      Tensor product =
          Ops.matmul(
              position,
              position.graph().constant(shape(deviations.length), precision()),
              false,
              false);
      Tensor squares = Ops.sum(Ops.multiply(position, product), 1);
      return Ops.reshape(Ops.scale(squares, -0.5f), Shape.of(position.shape().dim(0)));
    };
  }

  /** P, row by row: tridiagonal, {@code (1 + r^2, -r) / (1 - r^2)} but for the two corners. */
  private float[] precision() {
    int n = deviations.length;
    float[] matrix = new float[n * n];
    double remainder = 1 - correlation * correlation;
    for (int row = 0; row < n; row++) {
      boolean isCorner = row == 0 || row == n - 1;
      double own = (isCorner ? 1 : 1 + correlation * correlation) / remainder;
      matrix[row * n + row] = (float) (own / (deviations[row] * deviations[row]));
      if (row + 1 < n) {
        double beside = -correlation / remainder / (deviations[row] * deviations[row + 1]);
        matrix[row * n + row + 1] = (float) beside;
        matrix[(row + 1) * n + row] = (float) beside;
      }
    }
    return matrix;
  }

  @Override
  public float temperature() {
    return 1;
  }

  /** A bound of P's largest eigenvalue is {@code (1 + |r|) / (1 - |r|)} over the least variance. */
  private double smallestScale() {
    double narrowest = Arrays.stream(deviations).min().orElseThrow();
    double side = Math.abs(correlation);
    return narrowest * narrowest * (1 - side) / (1 + side);
  }

  @Override
  public float approximateStepSize() {
    return (float) (2 * APPROXIMATE_SHARE * smallestScale());
  }

  @Override
  public float firstStepSize() {
    return (float) smallestScale() / 2;
  }

  @Override
  public float[] start(int chains, long seed) {
    Random random = new Random(seed);
    float[] positions = new float[chains * deviations.length];
    for (int index = 0; index < positions.length; index++) {
      double deviation = OVERDISPERSION * deviations[index % deviations.length];
      positions[index] = (float) (deviation * random.nextGaussian());
    }
    return positions;
  }

  @Override
  public Optional<double[]> variances() {
    return Optional.of(Arrays.stream(deviations).map(deviation -> deviation * deviation).toArray());
  }

  @Override
  public void close() {
    // A formula owns nothing.
  }
}
