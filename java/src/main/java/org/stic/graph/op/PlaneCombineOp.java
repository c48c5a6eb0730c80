package org.stic.graph.op;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.PlaneStatistics;

/**
 * The sum of two {@link PlaneAffineOp} in one pass: {@code a x + b y + shift}, with one coefficient
 * of each kind per plane of feature maps [N x C x H x W].
 *
 * @param a [C] or [N x C]
 * @param b as a
 * @param shift as a; null for none
 */
public record PlaneCombineOp(Tensor x, Tensor y, Tensor a, Tensor b, Tensor shift) implements Op {

  public PlaneCombineOp {
    Planes.require("plane combine", x);
    Require.sameShape("plane combine", x, y);
    Planes.requireCoefficients("plane combine", a, x.shape());
    Require.sameShape("plane combine", a, b);
    if (shift != null) {
      Require.sameShape("plane combine", a, shift);
    }
  }

  /** The sum of two straight lines; coefficients become those of planes where one has those. */
  public static Tensor sum(PlaneAffineOp first, PlaneAffineOp second) {
    Shape shape = Shape.broadcast("plane combine", first.scale().shape(), second.scale().shape());
    Tensor shift =
        first.shift() == null || second.shift() == null
            ? either(first.shift(), second.shift())
            : Ops.add(first.shift(), second.shift());
    return new PlaneCombineOp(
            first.input(),
            second.input(),
            Ops.broadcast(first.scale(), shape),
            Ops.broadcast(second.scale(), shape),
            shift == null ? null : Ops.broadcast(shift, shape))
        .node();
  }

  private static Tensor either(Tensor first, Tensor second) {
    return first == null ? second : first;
  }

  @Override
  public Shape shape() {
    return x.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return Stream.of(x, y, a, b, shift).filter(Objects::nonNull).toList();
  }

  @Override
  public List<Tensor> overwritable() {
    return List.of(x, y);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(x, () -> ImageOps.planeAffine(upstream, a, null));
    backward.to(y, () -> ImageOps.planeAffine(upstream, b, null));
    backward.to(a, () -> Planes.gradientOf(a, ImageOps.planeDot(upstream, x)));
    backward.to(b, () -> Planes.gradientOf(b, ImageOps.planeDot(upstream, y)));
    if (shift != null) {
      backward.to(shift, () -> Planes.gradientOf(shift, Ops.sum(upstream, 2, 3)));
    }
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        PlaneStatistics.combine(
            emission.output(),
            emission.address(x),
            emission.address(y),
            emission.address(a),
            emission.address(b),
            shift == null ? 0 : emission.address(shift),
            Planes.count(shape()),
            Planes.positions(shape()),
            Planes.coefficients(a)));
  }
}
