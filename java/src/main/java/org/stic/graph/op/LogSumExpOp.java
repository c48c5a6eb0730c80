package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Softmax;

/** Logarithm of the sum of exponentials along the last axis, which it drops. */
public record LogSumExpOp(Tensor input) implements Op {

  public LogSumExpOp {
    Rows.require("log sum exp", input);
  }

  @Override
  public Shape shape() {
    return Rows.numbers(input.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.multiply(Ops.softmax(input), Rows.asColumn(backward.upstream())));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Softmax.logSumExp(
            emission.output(),
            emission.address(input),
            Rows.count(input.shape()),
            Rows.columns(input.shape())));
  }
}
