package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Copy;

/**
 * The part {@code from} (inclusive) to {@code to} (exclusive) of one axis. Shares memory where the
 * part is packed.
 */
public record SliceOp(Tensor input, int axis, int from, int to) implements Op {

  public SliceOp {
    axis = input.shape().axis(axis);
    Require.that(
        from >= 0 && from < to && to <= input.shape().dim(axis),
        "slice: %d to %d is not a part of axis %d of %s",
        from,
        to,
        axis,
        input.shape());
  }

  @Override
  public Shape shape() {
    return input.shape().with(axis, to - from);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Tensor viewOf() {
    boolean packed = input.shape().elements(0, axis) == 1;
    return packed && viewOffset() % Variable.VIEW_ALIGNMENT == 0 ? input : null;
  }

  @Override
  public long viewOffset() {
    return from * input.shape().elements(axis + 1, input.shape().rank());
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.embed(backward.upstream(), input.shape(), axis, from));
  }

  @Override
  public void emit(Emission emission) {
    if (viewOf() == null) {
      LoopNest loops = LoopNest.over(shape(), shape().strides(), input.shape().strides());
      emission.call(
          Copy.strided(
              emission.output(),
              emission.address(input),
              loops.dims(),
              loops.strides(0),
              0,
              loops.strides(1),
              viewOffset()));
    }
  }
}
