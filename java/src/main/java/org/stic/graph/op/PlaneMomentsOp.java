package org.stic.graph.op;

import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.PlaneStatistics;

/**
 * Mean and variance of each plane of feature maps [N x C x H x W]: [2 x N x C]. The gradient is a
 * straight line of each plane: {@code dx = 2 dv / P x + (dm - 2 dv m) / P}, P being its positions.
 */
public record PlaneMomentsOp(Tensor input) implements Op {

  public PlaneMomentsOp {
    Planes.require("plane moments", input);
  }

  @Override
  public Shape shape() {
    return Shape.of(2, input.shape().dim(0), input.shape().dim(1));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> line(backward.upstream(), backward.output()));
  }

  private Tensor line(Tensor upstream, Tensor moments) {
    float share = 1f / Planes.positions(input.shape());
    Tensor scale = Ops.scale(part(upstream, 1), 2 * share);
    Tensor shift =
        Ops.subtract(Ops.scale(part(upstream, 0), share), Ops.multiply(scale, part(moments, 0)));
    return ImageOps.planeAffine(input, scale, shift);
  }

  private static Tensor part(Tensor both, int index) {
    Shape shape = both.shape();
    return Ops.reshape(Ops.slice(both, 0, index, index + 1), Shape.of(shape.dim(1), shape.dim(2)));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        PlaneStatistics.moments(
            emission.output(),
            emission.address(input),
            Planes.count(input.shape()),
            Planes.positions(input.shape())));
  }
}
