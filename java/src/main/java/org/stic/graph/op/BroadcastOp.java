package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Copy;

/** Repeats axes of extent 1 (and axes missing in front) up to a shape. */
public record BroadcastOp(Tensor input, Shape shape) implements Op {

  public BroadcastOp {
    Require.that(
        input.shape().broadcastsTo(shape),
        "broadcast: shape %s does not extend to %s",
        input.shape(),
        shape);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.sumTo(backward.upstream(), input.shape()));
  }

  @Override
  public void emit(Emission emission) {
    LoopNest loops =
        LoopNest.over(shape, shape.strides(), LoopNest.broadcast(input.shape(), shape));
    emission.call(
        Copy.strided(
            emission.output(),
            emission.address(input),
            loops.dims(),
            loops.strides(0),
            0,
            loops.strides(1),
            0));
  }
}
