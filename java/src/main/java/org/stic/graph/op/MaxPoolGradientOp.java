package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Pooling;

/**
 * The adjoint of {@link MaxPoolOp}: the largest element of each window gets the window's gradient.
 */
public record MaxPoolGradientOp(
    Tensor outputGradient, Tensor images, int window, int stride, int padding) implements Op {

  @Override
  public Shape shape() {
    return images.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(outputGradient, images);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        outputGradient,
        () -> new MaxPoolOp(backward.upstream(), images, window, stride, padding).node());
  }

  @Override
  public void emit(Emission emission) {
    Shape shape = images.shape();
    emission.call(
        Pooling.maximumGradient(
            emission.output(),
            emission.address(outputGradient),
            emission.address(images),
            Planes.count(shape),
            shape.dim(2),
            shape.dim(3),
            window,
            stride,
            padding));
  }
}
