package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramLoss;

/**
 * Gradient of {@link GramLossOp} with respect to the matrices: 2 l (G - T) / |T|^2, l [N] being the
 * loss's gradient.
 */
public record GramLossGradientOp(Tensor lossGradient, Tensor gram, Tensor target) implements Op {

  public GramLossGradientOp {
    Require.sameShape("gram loss gradient", gram, target);
    Require.length("gram loss gradient", "gradient of the loss", lossGradient, gram.shape().dim(0));
  }

  @Override
  public Shape shape() {
    return gram.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(lossGradient, gram, target);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(
        lossGradient,
        () -> Ops.sum(new GramLossGradientOp(ones(), gram, target).times(upstream), 1, 2));
    backward.to(gram, () -> Ops.multiply(GramLossOp.perItem(slope()), upstream));
    backward.to(target, () -> gradientOfTarget(upstream, backward.output()));
  }

  /** -slope u - 2 T (sum of u times this value) / |T|^2. */
  private Tensor gradientOfTarget(Tensor upstream, Tensor output) {
    Tensor projection = Ops.divide(Ops.sum(Ops.multiply(upstream, output), 1, 2), squaredNorm());
    Tensor throughNorm = Ops.multiply(GramLossOp.perItem(Ops.affine(projection, -2, 0)), target);
    return Ops.subtract(throughNorm, Ops.multiply(GramLossOp.perItem(slope()), upstream));
  }

  private Tensor slope() {
    return Ops.divide(Ops.affine(lossGradient, 2, 0), squaredNorm());
  }

  private Tensor squaredNorm() {
    return Ops.sum(Ops.square(target), 1, 2);
  }

  private Tensor ones() {
    return gram.graph().constant(lossGradient.shape(), 1);
  }

  private Tensor times(Tensor factor) {
    return Ops.multiply(node(), factor);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        GramLoss.gradient(
            emission.output(),
            emission.address(lossGradient),
            emission.address(gram),
            emission.address(target),
            gram.shape().dim(0),
            GramLossOp.elements(gram)));
  }
}
