package org.stic.graph.op;

import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.PlaneStatistics;

/** Sum of products of each plane of feature maps [N x C x H x W]: [N x C]. */
public record PlaneDotOp(Tensor x, Tensor y) implements Op {

  public PlaneDotOp {
    Planes.require("plane dot", x);
    Require.sameShape("plane dot", x, y);
  }

  @Override
  public Shape shape() {
    return Shape.of(x.shape().dim(0), x.shape().dim(1));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x, y);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(x, () -> ImageOps.planeAffine(y, backward.upstream(), null));
    backward.to(y, () -> ImageOps.planeAffine(x, backward.upstream(), null));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        PlaneStatistics.dot(
            emission.output(),
            emission.address(x),
            emission.address(y),
            Planes.count(x.shape()),
            Planes.positions(x.shape())));
  }
}
