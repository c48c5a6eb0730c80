package org.stic.sampler;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * The normal distribution of a class's images on a {@link CoarseGrid}: {@code mean + L n} with
 * {@code L L^T = covariance + 1e-4 I}.
 *
 * @param mean one number per place of the grid
 * @param factor the lower triangle of L, row after row: n (n + 1) / 2 numbers, 1.2 MB a class of 32
 *     x 32 colour images
 */
@SuppressWarnings("ArrayRecordComponent")
record ClassGaussian(float[] mean, float[] factor) {
  private static final double REGULARISATION = 1e-4;

  /** Images of one product, which bounds the device's memory. */
  private static final int CHUNK = 256;

  /** The distribution of all images of a class. */
  static ClassGaussian of(Device device, ClassImages images, int label, CoarseGrid grid) {
    int width = grid.elements();
    try (Variable sums = Variable.allocate(device, "grid-sums", Shape.of(1, width));
        Variable products = Variable.allocate(device, "grid-products", Shape.of(width, width))) {
      sum(device, images, label, grid, sums, products);
      return ofMoments(sums.download(), products.download(), images.count(label));
    }
  }

  private static void sum(
      Device device,
      ClassImages images,
      int label,
      CoarseGrid grid,
      Variable sums,
      Variable products) {
    int width = grid.elements();
    int count = images.count(label);
    Graph graph = new Graph();
    Tensor rows = graph.input("rows", Shape.of(CHUNK, width));
    graph.assign(sums, Ops.add(graph.read(sums), Ops.reshape(Ops.sum(rows, 0), sums.shape())));
    graph.assign(products, Ops.add(graph.read(products), Ops.matmul(rows, rows, true, false)));
    float[] image = new float[grid.image().intElements()];
    try (Program program = Program.compile(device, graph)) {
      for (int first = 0; first < count; first += CHUNK) {
        // Rows after the last image stay zero and add nothing.
        float[] chunk = new float[CHUNK * width];
        for (int row = 0; row < Math.min(CHUNK, count - first); row++) {
          images.read(label, first + row, image, 0);
          grid.average(image, chunk, row * width);
        }
        program.set("rows", chunk);
        program.run();
      }
    }
  }

  private static ClassGaussian ofMoments(float[] sums, float[] products, int count) {
    int width = sums.length;
    float[] mean = new float[width];
    for (int index = 0; index < width; index++) {
      mean[index] = sums[index] / count;
    }
    double[][] covariance = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        double product = (double) products[i * width + j] / count;
        covariance[i][j] = product - (double) mean[i] * mean[j];
        covariance[j][i] = covariance[i][j];
      }
      covariance[i][i] += REGULARISATION;
    }
    RealMatrix matrix = new Array2DRowRealMatrix(covariance, false);
    return new ClassGaussian(mean, packed(new CholeskyDecomposition(matrix).getL()));
  }

  private static float[] packed(RealMatrix lower) {
    int width = lower.getRowDimension();
    float[] packed = new float[width * (width + 1) / 2];
    for (int i = 0, at = 0; i < width; i++) {
      for (int j = 0; j <= i; j++, at++) {
        packed[at] = (float) lower.getEntry(i, j);
      }
    }
    return packed;
  }

  /** Adds a draw times a weight to a grid. */
  void addDraw(RandomGenerator random, float weight, float[] grid) {
    float[] normal = new float[mean.length];
    for (int index = 0; index < normal.length; index++) {
      normal[index] = (float) random.nextGaussian();
    }
    for (int i = 0, at = 0; i < mean.length; i++) {
      float sum = mean[i];
      for (int j = 0; j <= i; j++, at++) {
        sum += factor[at] * normal[j];
      }
      grid[i] += weight * sum;
    }
  }
}
