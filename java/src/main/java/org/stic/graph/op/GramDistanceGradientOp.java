package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramDistance;

/**
 * {@code 4 scale l D X} with the differences {@code D = scale F F^T - T}: with X = F the gradient
 * of {@link GramDistanceOp} with respect to the features, l [N] being the distance's gradient.
 * Linear in l, D and X, which makes it closed under differentiation together with {@link
 * GramGradientOp}.
 *
 * @param difference the node of the {@link GramDifferenceOp}
 * @param x as the features
 */
public record GramDistanceGradientOp(Tensor distanceGradient, Tensor difference, Tensor x)
    implements Op {

  public GramDistanceGradientOp {
    Tensor features = ((GramDifferenceOp) difference.operation()).features();
    Require.sameShape("gram distance gradient", features, x);
    Require.length(
        "gram distance gradient",
        "gradient of the distance",
        distanceGradient,
        features.shape().dim(0));
  }

  private GramDifferenceOp of() {
    return (GramDifferenceOp) difference.operation();
  }

  @Override
  public Shape shape() {
    return x.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(distanceGradient, difference, x, of().features(), of().target());
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(distanceGradient, () -> gradientOfDistanceGradient(upstream));
    backward.to(x, () -> new GramDistanceGradientOp(distanceGradient, difference, upstream).node());
    backward.to(
        of().features(),
        () -> new GramGradientOp(outerProduct(upstream), of().features(), of().scale()).node());
    backward.to(of().target(), () -> gradientOfTarget(outerProduct(upstream)));
  }

  private Tensor gradientOfDistanceGradient(Tensor upstream) {
    Tensor ones = x.graph().constant(distanceGradient.shape(), 1);
    Tensor ofUnit = new GramDistanceGradientOp(ones, difference, x).node();
    return Ops.sum(flat(Ops.multiply(upstream, ofUnit)), 1, 2);
  }

  /** The gradient with respect to D: {@code 4 scale l U X^T}. */
  private Tensor outerProduct(Tensor upstream) {
    Tensor product = Ops.matmul(flat(upstream), flat(x), false, true, 4 * of().scale());
    return Ops.multiply(Ops.reshape(distanceGradient, Shape.of(of().images(), 1, 1)), product);
  }

  /** A target's element above the diagonal stands at two places of D. */
  private Tensor gradientOfTarget(Tensor ofDifference) {
    Tensor both = Ops.add(ofDifference, Ops.transpose(ofDifference, 0, 2, 1));
    return Ops.multiply(GramDistanceOp.counts(x.graph(), of().channels()), Ops.scale(both, -0.5f));
  }

  private Tensor flat(Tensor features) {
    return Ops.reshape(features, Shape.of(of().images(), of().channels(), of().positions()));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        GramDistance.gradient(
            emission.output(),
            emission.address(distanceGradient),
            of().half(emission.address(difference)),
            emission.address(x),
            of().images(),
            of().channels(),
            of().positions(),
            of().scale()));
  }
}
