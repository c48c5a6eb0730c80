package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Affine;

/** Element by element, y = scale * x + offset. */
public record AffineOp(Tensor input, float scale, float offset) implements Op {

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
    backward.to(input, () -> Ops.affine(backward.upstream(), scale, 0));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Affine.apply(
            emission.output(), emission.address(input), shape().elements(), scale, offset));
  }
}
