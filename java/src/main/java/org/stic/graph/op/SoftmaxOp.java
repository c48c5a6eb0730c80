package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Softmax;

/** Softmax along the last axis. */
public record SoftmaxOp(Tensor input) implements Op {

  public SoftmaxOp {
    Rows.require("softmax", input);
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
    backward.to(input, () -> new SoftmaxGradientOp(backward.upstream(), backward.output()).node());
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Softmax.forward(
            emission.output(),
            emission.address(input),
            Rows.count(shape()),
            Rows.columns(shape())));
  }
}
