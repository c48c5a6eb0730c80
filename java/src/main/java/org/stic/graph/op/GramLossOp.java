package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramLoss;

/**
 * Squared distance |G - T|^2 of each batch item's matrix G from its target T; the result is [N].
 */
public record GramLossOp(Tensor gram, Tensor target) implements Op {

  public GramLossOp {
    Require.rank("gram loss", "gram", gram, 3, "[images x channels x channels]");
    Require.sameShape("gram loss", gram, target);
  }

  /** Elements of one batch item. */
  static int elements(Tensor gram) {
    return Math.toIntExact(gram.shape().elements(1, 3));
  }

  @Override
  public Shape shape() {
    return Shape.of(gram.shape().dim(0));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gram, target);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(gram, () -> new GramLossGradientOp(upstream, gram, target).node());
    backward.to(target, () -> new GramLossGradientOp(Ops.negate(upstream), gram, target).node());
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        GramLoss.loss(
            emission.output(),
            emission.address(gram),
            emission.address(target),
            gram.shape().dim(0),
            elements(gram)));
  }
}
