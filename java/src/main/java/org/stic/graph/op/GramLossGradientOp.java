package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramLoss;

/**
 * Gradient of {@link GramLossOp} with respect to the matrices: 2 l (G - T), l [N] being the loss's
 * gradient.
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
    backward.to(lossGradient, () -> Ops.sum(Ops.multiply(ofUnitLoss(), upstream), 1, 2));
    backward.to(gram, () -> scaled(upstream, 2));
    backward.to(target, () -> scaled(upstream, -2));
  }

  private Tensor ofUnitLoss() {
    Tensor ones = gram.graph().constant(lossGradient.shape(), 1);
    return new GramLossGradientOp(ones, gram, target).node();
  }

  /** factor * l * x, item by item. */
  private Tensor scaled(Tensor x, float factor) {
    Tensor perItem = Ops.reshape(lossGradient, Shape.of(gram.shape().dim(0), 1, 1));
    return Ops.multiply(Ops.scale(perItem, factor), x);
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
