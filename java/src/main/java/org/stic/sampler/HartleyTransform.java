package org.stic.sampler;

import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * The separable discrete Hartley transform of images, {@code H x H} with {@code H[j, k] = cas(2 pi
 * j k / n) / sqrt(n)}, {@code cas = cos + sin}: real, orthonormal and its own inverse. A filter
 * whose gain is even in both frequencies is diagonal in it, as it is in the Fourier transform, so
 * that a filtered Langevin step is one with a diagonal preconditioner. Owns its matrices.
 *
 * <p>Source: Bracewell, "Discrete Hartley transform", 1983.
 */
final class HartleyTransform implements AutoCloseable {
  private final Variable rows;
  private final Variable columns;

  /** The transform of images of a given size. */
  HartleyTransform(Device device, int height, int width) {
    rows = Variable.allocate(device, "hartley-rows", Shape.of(height, height));
    columns = Variable.allocate(device, "hartley-columns", Shape.of(width, width));
    rows.upload(matrix(height));
    columns.upload(matrix(width));
  }

  private static float[] matrix(int size) {
    float[] matrix = new float[size * size];
    for (int index = 0; index < matrix.length; index++) {
      // The product modulo the size keeps the angle small, and with it exact.
      double angle = 2 * Math.PI * (index / size * (index % size) % size) / size;
      matrix[index] = (float) ((Math.cos(angle) + Math.sin(angle)) / Math.sqrt(size));
    }
    return matrix;
  }

  /** The transform of images [N, C, height, width], or back. */
  Tensor of(Tensor images) {
    Shape shape = images.shape();
    int maps = shape.dim(0) * shape.dim(1);
    Graph graph = images.graph();
    Tensor planes = Ops.reshape(images, Shape.of(maps, shape.dim(2), shape.dim(3)));
    Tensor alongRows = Ops.matmul(planes, graph.read(columns));
    return Ops.reshape(Ops.matmul(graph.read(rows), alongRows), shape);
  }

  /**
   * The gains of a filter at each place of the transform of one image, [channels, height, width].
   */
  static float[] gains(LowPass filter, int channels, int height, int width) {
    float[] gains = new float[channels * height * width];
    for (int index = 0; index < gains.length; index++) {
      int row = index / width % height;
      int column = index % width;
      gains[index] = (float) filter.at(frequency(row, height), frequency(column, width));
    }
    return gains;
  }

  /** Cycles per image of a place of the transform: the second half mirrors the first. */
  private static int frequency(int place, int size) {
    return Math.min(place, size - place);
  }

  @Override
  public void close() {
    rows.close();
    columns.close();
  }
}
