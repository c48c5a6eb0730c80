package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.CircularShift;

/**
 * Moves all images [N x C x H x W] around their edges by one random shift of up to {@code reach}
 * pixels in each direction, a pure function of seed and counter. Linear; its adjoint shifts back.
 *
 * @param counter one unsigned integer: the step
 * @param back whether it undoes the shift
 */
public record CircularShiftOp(Tensor images, Tensor counter, int reach, boolean back, long seed)
    implements Op {

  public CircularShiftOp {
    Require.rank("circular shift", "images", images, 4, "[images x channels x height x width]");
    Require.length("circular shift", "counter", counter, 1);
  }

  @Override
  public Shape shape() {
    return images.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(images, counter);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(
        images, () -> new CircularShiftOp(backward.upstream(), counter, reach, !back, seed).node());
  }

  @Override
  public void emit(Emission emission) {
    Shape shape = shape();
    emission.call(
        CircularShift.shift(
            emission.output(),
            emission.address(images),
            emission.address(counter),
            shape.dim(0) * shape.dim(1),
            shape.dim(2),
            shape.dim(3),
            reach,
            back ? -1 : 1,
            seed));
  }
}
