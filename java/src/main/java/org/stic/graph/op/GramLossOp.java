package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramLoss;

/**
 * Relative squared distance of each batch item's matrix G from its target T: |G - T|^2 / |T|^2; the
 * result is [N].
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
    backward.to(target, () -> gradientOfTarget(upstream, backward.output()));
  }

  /** -2 u ((G - T) + loss T) / |T|^2. */
  private Tensor gradientOfTarget(Tensor upstream, Tensor loss) {
    Tensor factor = Ops.divide(Ops.affine(upstream, -2, 0), Ops.sum(Ops.square(target), 1, 2));
    Tensor direction = Ops.add(Ops.subtract(gram, target), Ops.multiply(perItem(loss), target));
    return Ops.multiply(perItem(factor), direction);
  }

  /** One number for each item, shaped to multiply its matrix. */
  static Tensor perItem(Tensor numbers) {
    return Ops.reshape(numbers, Shape.of(numbers.shape().dim(0), 1, 1));
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
