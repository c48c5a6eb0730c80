package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Optimizer;

/** Euclidean norm of all elements. Not differentiable at zero, where its gradient is NaN. */
public record NormOp(Tensor input) implements Op {

  @Override
  public Shape shape() {
    return Shape.SCALAR;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        input, () -> Ops.multiply(input, Ops.divide(backward.upstream(), backward.output())));
  }

  @Override
  public long workspaceBytes() {
    return Optimizer.gradientNormWorkspace(input.shape().elements());
  }

  @Override
  public void emit(Emission emission) {
    emission.calls(
        Optimizer.gradientNorm(
            emission.output(),
            emission.address(input),
            input.shape().elements(),
            emission.workspace()));
  }
}
