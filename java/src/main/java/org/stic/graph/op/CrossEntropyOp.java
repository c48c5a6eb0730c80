package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.CrossEntropy;

/**
 * Cross-entropy of each row of logits z with soft targets t: sum over k of t_k (logsumexp(z) -
 * z_k).
 */
public record CrossEntropyOp(Tensor logits, Tensor targets) implements Op {

  public CrossEntropyOp {
    Rows.require("cross entropy", logits);
    Require.sameShape("cross entropy", logits, targets);
  }

  @Override
  public Shape shape() {
    return Rows.numbers(logits.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits, targets);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(logits, () -> new CrossEntropyGradientOp(upstream, logits, targets).node());
    backward.to(
        targets, () -> Ops.multiply(Ops.logSoftmax(logits), Rows.asColumn(Ops.negate(upstream))));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        CrossEntropy.loss(
            emission.output(),
            emission.address(logits),
            emission.address(targets),
            Rows.count(logits.shape()),
            Rows.columns(logits.shape())));
  }
}
