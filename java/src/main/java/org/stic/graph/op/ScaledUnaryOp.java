package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Unary;
import org.stic.kernels.UnaryFunction;

/**
 * A derivative of a function times a factor, in one pass over memory: y = multiplier *
 * f^(order)(x).
 */
public record ScaledUnaryOp(Tensor multiplier, Tensor input, UnaryFunction function, int order)
    implements Op {

  public ScaledUnaryOp {
    Require.sameShape("scaled unary", multiplier, input);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(multiplier, input);
  }

  @Override
  public List<Tensor> overwritable() {
    return inputs();
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(multiplier, () -> Ops.scaled(upstream, input, function, order));
    backward.to(
        input, () -> Ops.scaled(Ops.multiply(upstream, multiplier), input, function, order + 1));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Unary.scaled(
            emission.output(),
            emission.address(multiplier),
            emission.address(input),
            shape().elements(),
            function,
            order));
  }
}
