package org.stic.attention;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** Linear maps of images that act on rows and columns apart. */
final class Separable {

  private Separable() {}

  /**
   * {@code op(L) X op(R)} of every channel X.
   *
   * @param images shape [N, channels, height, width]
   * @param left L of each image, shape [N, ., .], or of all, shape [1, ., .]
   * @param right R of each image or of all
   */
  static Tensor transform(
      Tensor images, Tensor left, boolean transposeLeft, Tensor right, boolean transposeRight) {
    Shape shape = images.shape();
    int count = shape.dim(0);
    int channels = shape.dim(1);
    int height = shape.dim(2);
    // All channels of an image share its right matrix, so their rows are one product.
    Tensor rows = Ops.reshape(images, Shape.of(count, channels * height, shape.dim(3)));
    Tensor alongRows = Ops.matmul(rows, shared(right), false, transposeRight);
    int width = alongRows.shape().dim(2);
    Tensor planes = Ops.reshape(alongRows, Shape.of(count * channels, height, width));
    Tensor product = Ops.matmul(ofEachChannel(left, channels), planes, transposeLeft, false);
    return Ops.reshape(product, Shape.of(count, channels, product.shape().dim(1), width));
  }

  /** One matrix of all images without its batch axis; others as they are. */
  private static Tensor shared(Tensor matrices) {
    Shape shape = matrices.shape();
    return shape.dim(0) == 1
        ? Ops.reshape(matrices, Shape.of(shape.dim(1), shape.dim(2)))
        : matrices;
  }

  private static Tensor ofEachChannel(Tensor matrices, int channels) {
    Shape shape = matrices.shape();
    int count = shape.dim(0);
    if (channels == 1 || count == 1) {
      return shared(matrices);
    }
    int rows = shape.dim(1);
    int columns = shape.dim(2);
    Tensor single = Ops.reshape(matrices, Shape.of(count, 1, rows, columns));
    Tensor repeated = Ops.broadcast(single, Shape.of(count, channels, rows, columns));
    return Ops.reshape(repeated, Shape.of(count * channels, rows, columns));
  }
}
