package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Softmax;

/** Logarithm of softmax along the last axis: x - logsumexp(x). */
public record LogSoftmaxOp(Tensor input) implements Op {

  public LogSoftmaxOp {
    Rows.require("log softmax", input);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(
        input, () -> Ops.subtract(upstream, Ops.multiply(Ops.softmax(input), Rows.sum(upstream))));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Softmax.logSoftmax(
            emission.output(),
            emission.address(input),
            Rows.count(shape()),
            Rows.columns(shape())));
  }
}
