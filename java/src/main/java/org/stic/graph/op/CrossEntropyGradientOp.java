package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.CrossEntropy;

/**
 * Gradient of {@link CrossEntropyOp} with respect to the logits: l (softmax(z) sum(t) - t), l being
 * the loss's gradient.
 */
public record CrossEntropyGradientOp(Tensor lossGradient, Tensor logits, Tensor targets)
    implements Op {

  public CrossEntropyGradientOp {
    Require.sameShape("cross entropy gradient", logits, targets);
    Require.length(
        "cross entropy gradient", "gradient of the loss", lossGradient, Rows.count(logits.shape()));
  }

  @Override
  public Shape shape() {
    return logits.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(lossGradient, logits, targets);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(lossGradient, () -> Ops.sum(Ops.multiply(upstream, residual()), -1));
    backward.to(logits, () -> gradientOfLogits(upstream));
    backward.to(targets, () -> gradientOfTargets(upstream));
  }

  private Tensor residual() {
    return Ops.subtract(Ops.multiply(Ops.softmax(logits), Rows.sum(targets)), targets);
  }

  /** The softmax gradient of u l sum(t). */
  private Tensor gradientOfLogits(Tensor upstream) {
    Tensor weight = Ops.multiply(Rows.asColumn(lossGradient), Rows.sum(targets));
    return new SoftmaxGradientOp(Ops.multiply(upstream, weight), Ops.softmax(logits)).node();
  }

  /** l (sum(u softmax(z)) - u). */
  private Tensor gradientOfTargets(Tensor upstream) {
    Tensor mean = Rows.sum(Ops.multiply(upstream, Ops.softmax(logits)));
    return Ops.multiply(Rows.asColumn(lossGradient), Ops.subtract(mean, upstream));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        CrossEntropy.gradient(
            emission.output(),
            emission.address(lossGradient),
            emission.address(logits),
            emission.address(targets),
            Rows.count(shape()),
            Rows.columns(shape())));
  }
}
