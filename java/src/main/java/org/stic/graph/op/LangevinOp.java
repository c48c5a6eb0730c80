package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Langevin;
import org.stic.kernels.Wall;

/** The Langevin proposal of each chain: wall(x + eps g + sqrt(2 eps T) xi). Not differentiable. */
public record LangevinOp(
    Tensor state,
    Tensor gradient,
    Tensor stepSize,
    Tensor counter,
    float temperature,
    long seed,
    Wall wall)
    implements Op {

  public LangevinOp {
    Require.that(state.shape().rank() >= 1, "langevin: the state needs a first axis of chains");
    Require.sameShape("langevin", state, gradient);
    Require.length("langevin", "step size", stepSize, 1);
    Require.length("langevin", "counter", counter, 1);
    Require.that(temperature >= 0, "langevin: temperature must not be negative: %s", temperature);
  }

  @Override
  public Shape shape() {
    return state.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(state, gradient, stepSize, counter);
  }

  @Override
  public List<Tensor> overwritable() {
    return List.of(state);
  }

  @Override
  public void gradient(Backward backward) {
    throw Require.notDifferentiable(this);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Langevin.propose(
            emission.output(),
            emission.address(state),
            emission.address(gradient),
            emission.address(stepSize),
            emission.address(counter),
            shape().dim(0),
            Math.toIntExact(shape().elements(1, shape().rank())),
            temperature,
            seed,
            wall));
  }
}
