package org.stic.metrics;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Mean and covariance of a set of feature vectors, the normal approximation that the Frechet
 * distance compares.
 *
 * @param mean one mean per feature
 * @param covariance unbiased covariance of the features
 */
public record FeatureStatistics(RealVector mean, RealMatrix covariance) {

  /**
   * Statistics of {@code features}, one row of {@code width} numbers per image, row-major; at least
   * two rows.
   */
  public static FeatureStatistics of(float[] features, int width) {
    if (features.length < 2 * width || features.length % width != 0) {
      throw new IllegalArgumentException(
          "%d features are not two or more rows of %d".formatted(features.length, width));
    }
    double[][] rows = new double[features.length / width][width];
    double[] mean = new double[width];
    for (int index = 0; index < features.length; index++) {
      rows[index / width][index % width] = features[index];
      mean[index % width] += (double) features[index] / rows.length;
    }
    return new FeatureStatistics(
        new ArrayRealVector(mean, false), new Covariance(rows).getCovarianceMatrix());
  }

  /** Statistics whose mean and row-major covariance are known already. */
  public static FeatureStatistics ofMoments(float[] mean, float[] covariance) {
    int width = mean.length;
    double[][] rows = new double[width][width];
    for (int index = 0; index < covariance.length; index++) {
      rows[index / width][index % width] = covariance[index];
    }
    RealVector centre = new ArrayRealVector(width);
    for (int index = 0; index < width; index++) {
      centre.setEntry(index, mean[index]);
    }
    return new FeatureStatistics(centre, new Array2DRowRealMatrix(rows, false));
  }

  /**
   * Squared Frechet distance of the two normal distributions: {@code |m1 - m2|^2 + tr(C1 + C2 - 2
   * (C1^(1/2) C2 C1^(1/2))^(1/2))}. Small samples bias it upwards. It is the FID only when
   * Inception-v3 made the features.
   *
   * <p>Source: Dowson and Landau, "The Frechet distance between multivariate normal distributions",
   * 1982.
   */
  public double distance(FeatureStatistics other) {
    RealMatrix root = squareRoot(covariance);
    RealMatrix product = root.multiply(other.covariance).multiply(root);
    double distance =
        covariance.getTrace() + other.covariance.getTrace() - 2 * squareRoot(product).getTrace();
    RealVector shift = mean.subtract(other.mean);
    return Math.max(0, distance + shift.dotProduct(shift));
  }

  /**
   * Root of a positive semidefinite matrix; rounding below zero is cut off, asymmetry averaged out.
   */
  private static RealMatrix squareRoot(RealMatrix matrix) {
    RealMatrix symmetric = matrix.add(matrix.transpose()).scalarMultiply(0.5);
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(symmetric.getData()));
    double[] roots = eigen.getRealEigenvalues();
    for (int index = 0; index < roots.length; index++) {
      roots[index] = Math.sqrt(Math.max(0, roots[index]));
    }
    RealMatrix vectors = eigen.getV();
    return vectors
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiply(vectors.transpose());
  }
}
