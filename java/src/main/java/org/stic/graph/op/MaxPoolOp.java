package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Pooling;

/**
 * The values at the places of the largest elements of square windows of each channel of images [N x
 * C x H x W]; pools the images where those are the values. Linear in the values, and flat in the
 * images apart from them. Padding never wins.
 */
public record MaxPoolOp(Tensor values, Tensor images, int window, int stride, int padding)
    implements Op {

  public MaxPoolOp {
    Require.rank("max pool", "input", images, 4, "[images x channels x height x width]");
    Require.sameShape("max pool", values, images);
    Shape shape = images.shape();
    Require.that(
        window >= 1
            && stride >= 1
            && padding >= 0
            && 2 * padding <= window
            && Math.min(shape.dim(2), shape.dim(3)) + 2 * padding >= window,
        "max pool: window %d, stride %d and padding %d do not fit images %s; the padding must be at"
            + " most half the window and the window no larger than the padded image",
        window,
        stride,
        padding,
        shape);
  }

  @Override
  public Shape shape() {
    Shape shape = images.shape();
    return Shape.of(
        shape.dim(0),
        shape.dim(1),
        Pooling.outputSize(shape.dim(2), window, stride, padding),
        Pooling.outputSize(shape.dim(3), window, stride, padding));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(values, images);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        values,
        () -> new MaxPoolGradientOp(backward.upstream(), images, window, stride, padding).node());
  }

  @Override
  public void emit(Emission emission) {
    Shape shape = images.shape();
    emission.call(
        Pooling.maximum(
            emission.output(),
            emission.address(values),
            emission.address(images),
            Planes.count(shape),
            shape.dim(2),
            shape.dim(3),
            window,
            stride,
            padding));
  }
}
