package org.stic.graph.op;

import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.PlaneStatistics;

/**
 * A straight line of each plane of feature maps [N x C x H x W]: {@code y = scale x + shift}. With
 * {@link PlaneDotOp} it is closed under differentiation.
 *
 * @param scale [C] or [N x C]
 * @param shift as the scale; null for none
 */
public record PlaneAffineOp(Tensor input, Tensor scale, Tensor shift) implements Op {

  public PlaneAffineOp {
    Planes.require("plane affine", input);
    Planes.requireCoefficients("plane affine", scale, input.shape());
    if (shift != null) {
      Require.sameShape("plane affine", scale, shift);
    }
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return shift == null ? List.of(input, scale) : List.of(input, scale, shift);
  }

  @Override
  public List<Tensor> overwritable() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(input, () -> ImageOps.planeAffine(upstream, scale, null));
    backward.to(scale, () -> Planes.gradientOf(scale, ImageOps.planeDot(upstream, input)));
    if (shift != null) {
      backward.to(shift, () -> Planes.gradientOf(shift, Ops.sum(upstream, 2, 3)));
    }
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        PlaneStatistics.affine(
            emission.output(),
            emission.address(input),
            emission.address(scale),
            shift == null ? 0 : emission.address(shift),
            Planes.count(shape()),
            Planes.positions(shape()),
            Planes.coefficients(scale)));
  }
}
