package org.stic.attention;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** Linear maps of images that act on rows and columns apart, with matrices of each image's own. */
final class Separable {

  private Separable() {}

  /**
   * {@code op(L) X op(R)} of every channel X.
   *
   * @param images shape [N, channels, height, width]
   * @param left L of each image, shape [N, ., .]
   * @param right R of each image, shape [N, ., .]
   */
  static Tensor transform(
      Tensor images, Tensor left, boolean transposeLeft, Tensor right, boolean transposeRight) {
    Shape shape = images.shape();
    int count = shape.dim(0);
    int channels = shape.dim(1);
    int height = shape.dim(2);
    // All channels of an image share its right matrix, so their rows are one product.
    Tensor rows = Ops.reshape(images, Shape.of(count, channels * height, shape.dim(3)));
    Tensor alongRows = Ops.matmul(rows, right, false, transposeRight);
    int width = alongRows.shape().dim(2);
    Tensor planes = Ops.reshape(alongRows, Shape.of(count * channels, height, width));
    Tensor product = Ops.matmul(ofEachChannel(left, channels), planes, transposeLeft, false);
    return Ops.reshape(product, Shape.of(count, channels, product.shape().dim(1), width));
  }

  private static Tensor ofEachChannel(Tensor matrices, int channels) {
    if (channels == 1) {
      return matrices;
    }
    Shape shape = matrices.shape();
    int rows = shape.dim(1);
    int columns = shape.dim(2);
    Tensor single = Ops.reshape(matrices, Shape.of(shape.dim(0), 1, rows, columns));
    Tensor repeated = Ops.broadcast(single, Shape.of(shape.dim(0), channels, rows, columns));
    return Ops.reshape(repeated, Shape.of(shape.dim(0) * channels, rows, columns));
  }
}
