package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Reduction;

/**
 * Sum over the neighbouring axes {@code from} (inclusive) to {@code to} (exclusive), times a
 * factor; drops the axes.
 */
public record SumOp(Tensor input, int from, int to, float scale) implements Op {

  @Override
  public Shape shape() {
    return input.shape().without(from, to);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> repeated(Ops.affine(backward.upstream(), scale, 0)));
  }

  private Tensor repeated(Tensor upstream) {
    Shape kept = input.shape();
    for (int axis = from; axis < to; axis++) {
      kept = kept.with(axis, 1);
    }
    return Ops.broadcast(Ops.reshape(upstream, kept), input.shape());
  }

  private int outer() {
    return Math.toIntExact(input.shape().elements(0, from));
  }

  private int reduced() {
    return Math.toIntExact(input.shape().elements(from, to));
  }

  private int inner() {
    return Math.toIntExact(input.shape().elements(to, input.shape().rank()));
  }

  @Override
  public long workspaceBytes() {
    return Reduction.sumWorkspace(outer(), reduced(), inner());
  }

  @Override
  public void emit(Emission emission) {
    emission.calls(
        Reduction.sum(
            emission.output(),
            emission.address(input),
            emission.workspace(),
            outer(),
            reduced(),
            inner(),
            scale));
  }
}
