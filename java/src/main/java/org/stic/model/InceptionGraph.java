package org.stic.model;

import java.util.Arrays;
import java.util.List;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * The operations of {@link InceptionBody} as nodes of a graph.
 *
 * @param weights of each convolution its filters and bias, batch normalisation folded in
 */
record InceptionGraph(Weights weights) implements InceptionLayers<Tensor> {
  private static final int WINDOW = 3;

  @Override
  public Tensor convolution(
      Tensor x, String name, int filters, int height, int width, int stride, boolean isPadded) {
    // Kernels know one padding for both axes.
    Tensor padded = isPadded && height != width ? pad(pad(x, 2, height / 2), 3, width / 2) : x;
    return ImageOps.convolution(
        padded,
        weights.get(name + ".weight"),
        weights.get(name + ".bias"),
        null,
        UnaryFunction.RELU,
        stride,
        isPadded && height == width ? height / 2 : 0);
  }

  private static Tensor pad(Tensor x, int axis, int zeros) {
    Shape shape = x.shape().with(axis, x.shape().dim(axis) + 2 * zeros);
    return zeros == 0 ? x : Ops.embed(x, shape, axis, zeros);
  }

  @Override
  public Tensor largest(Tensor x, int stride, boolean isPadded) {
    return ImageOps.maxPool(x, WINDOW, stride, isPadded ? 1 : 0);
  }

  @Override
  public Tensor mean(Tensor x, boolean countsPadding) {
    Tensor sum = ImageOps.averagePool(x, WINDOW, 1, 1);
    return countsPadding ? sum : Ops.multiply(sum, shares(x.graph(), x.shape()));
  }

  /** What the mean with zeros around is to be multiplied by: 9 over the places inside. */
  private static Tensor shares(Graph graph, Shape maps) {
    int height = maps.dim(2);
    int width = maps.dim(3);
    float[] shares = new float[height * width];
    for (int place = 0; place < shares.length; place++) {
      int rows = inside(place / width, height);
      int columns = inside(place % width, width);
      shares[place] = (float) (WINDOW * WINDOW) / (rows * columns);
    }
    return graph.constant(Shape.of(1, 1, height, width), shares);
  }

  private static int inside(int place, int length) {
    return Math.min(place + 1, length - 1) - Math.max(place - 1, 0) + 1;
  }

  @Override
  public Tensor join(List<Tensor> parts) {
    return Ops.concat(1, parts.toArray(Tensor[]::new));
  }

  /**
   * Bilinear resizing of images [N x C x H x W] to a square, pixel centres staying in place
   * (PyTorch's {@code interpolate} without {@code align_corners} and without antialiasing): {@code
   * R X S^T} with a row of two weights for each new row and column.
   */
  static Tensor resize(Tensor images, int side) {
    Shape from = images.shape();
    int planes = from.dim(0) * from.dim(1);
    Tensor x = Ops.reshape(images, Shape.of(planes, from.dim(2), from.dim(3)));
    Tensor columns = Ops.matmul(x, weights(x.graph(), side, from.dim(3)), false, true);
    Tensor rows = Ops.matmul(weights(x.graph(), side, from.dim(2)), columns);
    return Ops.reshape(rows, Shape.of(from.dim(0), from.dim(1), side, side));
  }

  private static Tensor weights(Graph graph, int to, int from) {
    float[] weights = new float[to * from];
    for (int row = 0; row < to; row++) {
      double place = Math.max(0, (row + 0.5) * from / to - 0.5);
      int low = Math.min((int) place, from - 1);
      int high = Math.min(low + 1, from - 1);
      float share = (float) (place - low);
      weights[row * from + low] += 1 - share;
      weights[row * from + high] += share;
    }
    return graph.constant(Shape.of(to, from), weights);
  }

  /** Grey images as coloured ones. */
  static Tensor coloured(Tensor images) {
    Tensor[] channels = new Tensor[3];
    Arrays.fill(channels, images);
    return images.shape().dim(1) == 1 ? Ops.concat(1, channels) : images;
  }
}
