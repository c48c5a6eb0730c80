package org.stic.metrics;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RectangularCholeskyDecomposition;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Mean and covariance of a set of feature vectors, the normal approximation that the Frechet
 * distance compares.
 *
 * @param mean one mean per feature
 * @param covariance unbiased covariance of the features
 */
@SuppressWarnings("ArrayRecordComponent")
public record FeatureStatistics(double[] mean, DMatrixRMaj covariance) {
  private static final int BLOCK = 256;

  /** Variance that counts as none, relative to the largest: rounding of the covariance. */
  private static final double NEGLIGIBLE = 1e-14;

  /** Statistics of two or more images. */
  public static FeatureStatistics of(Features features) {
    if (features.count() < 2) {
      throw new IllegalArgumentException("the covariance of one image is not defined");
    }
    double[] mean = features.mean();
    DMatrixRMaj covariance = new DMatrixRMaj(features.width(), features.width());
    DMatrixRMaj part = new DMatrixRMaj(features.width(), features.width());
    for (int from = 0; from < features.count(); from += BLOCK) {
      CommonOps_DDRM.multInner(centred(features, from, mean), part);
      CommonOps_DDRM.addEquals(covariance, part);
    }
    CommonOps_DDRM.scale(1.0 / (features.count() - 1), covariance);
    return new FeatureStatistics(mean, covariance);
  }

  private static DMatrixRMaj centred(Features features, int from, double[] mean) {
    int width = features.width();
    int rows = Math.min(BLOCK, features.count() - from);
    DMatrixRMaj block = new DMatrixRMaj(rows, width);
    for (int index = 0; index < rows * width; index++) {
      block.data[index] = features.values()[from * width + index] - mean[index % width];
    }
    return block;
  }

  /** Statistics whose mean and row-major covariance are known already. */
  public static FeatureStatistics ofMoments(float[] mean, float[] covariance) {
    double[] elements = new double[covariance.length];
    for (int index = 0; index < elements.length; index++) {
      elements[index] = covariance[index];
    }
    return new FeatureStatistics(
        IntStream.range(0, mean.length).mapToDouble(index -> mean[index]).toArray(),
        DMatrixRMaj.wrap(mean.length, mean.length, elements));
  }

  /**
   * Squared Frechet distance of the two normal distributions: {@code |m1 - m2|^2 + tr C1 + tr C2 -
   * 2 tr (C1 C2)^(1/2)}. With {@code C1 = B B^T} the last trace is the sum of the roots of the
   * eigenvalues of {@code B^T C2 B}, which also holds where a covariance is singular. Small samples
   * bias the distance upwards. It is the FID only when Inception-v3 made the features.
   *
   * <p>Source: Dowson and Landau, "The Frechet distance between multivariate normal distributions",
   * 1982.
   */
  public double distance(FeatureStatistics other) {
    double shift =
        IntStream.range(0, mean.length)
            .mapToDouble(index -> mean[index] - other.mean[index])
            .map(difference -> difference * difference)
            .sum();
    double traces = CommonOps_DDRM.trace(covariance) + CommonOps_DDRM.trace(other.covariance);
    return Math.max(0, shift + traces - 2 * traceOfRoot(other));
  }

  private double traceOfRoot(FeatureStatistics other) {
    double largest = CommonOps_DDRM.elementMaxAbs(covariance);
    if (largest == 0) {
      return 0;
    }
    DMatrixRMaj root = root(largest);
    DMatrixRMaj half = new DMatrixRMaj(root.numCols, root.numRows);
    CommonOps_DDRM.multTransA(root, other.covariance, half);
    DMatrixRMaj product = new DMatrixRMaj(root.numCols, root.numCols);
    CommonOps_DDRM.mult(half, root, product);
    return eigenvalues(product).map(value -> Math.sqrt(Math.max(0, value))).sum();
  }

  /** B with {@code B B^T = covariance} and as many columns as its rank. */
  private DMatrixRMaj root(double largest) {
    double[][] rows = new double[mean.length][mean.length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(covariance.data, row * mean.length, rows[row], 0, mean.length);
    }
    RealMatrix root =
        new RectangularCholeskyDecomposition(
                new Array2DRowRealMatrix(rows, false), NEGLIGIBLE * largest)
            .getRootMatrix();
    return new DMatrixRMaj(root.getData());
  }

  private static DoubleStream eigenvalues(DMatrixRMaj matrix) {
    var decomposition = DecompositionFactory_DDRM.eig(matrix.numRows, false, true);
    if (!decomposition.decompose(symmetric(matrix))) {
      throw new IllegalStateException("the eigenvalues of a covariance's product did not converge");
    }
    return IntStream.range(0, decomposition.getNumberOfEigenvalues())
        .mapToDouble(index -> decomposition.getEigenvalue(index).getReal());
  }

  /** Averages the asymmetry of rounding out. */
  private static DMatrixRMaj symmetric(DMatrixRMaj matrix) {
    DMatrixRMaj sum = new DMatrixRMaj(matrix.numRows, matrix.numRows);
    CommonOps_DDRM.transpose(matrix, sum);
    CommonOps_DDRM.addEquals(sum, matrix);
    CommonOps_DDRM.scale(0.5, sum);
    return sum;
  }
}
