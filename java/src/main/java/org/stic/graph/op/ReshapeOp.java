package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** The same elements in the same order under another shape; shares the memory of its input. */
public record ReshapeOp(Tensor input, Shape shape) implements Op {

  public ReshapeOp {
    Require.that(
        input.shape().elements() == shape.elements(),
        "reshape: %s has %d elements, %s has %d",
        input.shape(),
        input.shape().elements(),
        shape,
        shape.elements());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Tensor viewOf() {
    return input;
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.reshape(backward.upstream(), input.shape()));
  }

  @Override
  public void emit(Emission emission) {
    // A view: nothing to compute.
  }
}
