package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Pooling;

/**
 * The adjoint of {@link AveragePoolOp}: spreads each pooled value over its window.
 *
 * @param shape of the images [N x C x H x W] that were pooled
 */
public record AveragePoolGradientOp(
    Tensor outputGradient, Shape shape, int window, int stride, int padding) implements Op {

  @Override
  public List<Tensor> inputs() {
    return List.of(outputGradient);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        outputGradient,
        () -> new AveragePoolOp(backward.upstream(), window, stride, padding).node());
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Pooling.averageGradient(
            emission.output(),
            emission.address(outputGradient),
            shape.dim(0) * shape.dim(1),
            shape.dim(2),
            shape.dim(3),
            window,
            stride,
            padding));
  }
}
