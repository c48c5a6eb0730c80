package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Unary;
import org.stic.kernels.UnaryFunction;

/** Element by element, the derivative of the given order of a function: y = f^(order)(x). */
public record UnaryOp(Tensor input, UnaryFunction function, int order) implements Op {

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public List<Tensor> overwritable() {
    return inputs();
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.scaled(backward.upstream(), input, function, order + 1));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Unary.apply(
            emission.output(), emission.address(input), shape().elements(), function, order));
  }
}
