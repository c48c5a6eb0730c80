package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Pooling;

/** Mean over square windows of each channel of images [N x C x H x W]. */
public record AveragePoolOp(Tensor input, int window, int stride, int padding) implements Op {

  public AveragePoolOp {
    Require.rank("average pool", "input", input, 4, "[images x channels x height x width]");
    Shape shape = input.shape();
    Require.that(
        window >= 1
            && stride >= 1
            && padding >= 0
            && padding < window
            && Math.min(shape.dim(2), shape.dim(3)) + 2 * padding >= window,
        "average pool: window %d, stride %d and padding %d do not fit images %s; the padding must"
            + " be less than the window and the window no larger than the padded image",
        window,
        stride,
        padding,
        shape);
  }

  @Override
  public Shape shape() {
    Shape shape = input.shape();
    return Shape.of(
        shape.dim(0), shape.dim(1), outputExtent(shape.dim(2)), outputExtent(shape.dim(3)));
  }

  private int outputExtent(int extent) {
    return (extent + 2 * padding - window) / stride + 1;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        input,
        () ->
            new AveragePoolGradientOp(backward.upstream(), input.shape(), window, stride, padding)
                .node());
  }

  @Override
  public void emit(Emission emission) {
    Shape shape = input.shape();
    emission.call(
        Pooling.average(
            emission.output(),
            emission.address(input),
            shape.dim(0) * shape.dim(1),
            shape.dim(2),
            shape.dim(3),
            window,
            stride,
            padding));
  }
}
