package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Langevin;
import org.stic.kernels.Wall;

/**
 * The Langevin proposal of each chain: wall(x + eps P g + sqrt(2 eps P T) xi). Not differentiable.
 *
 * @param diagonal the preconditioner P, one number for each coordinate of a chain; null for the
 *     identity
 */
public record LangevinOp(
    Tensor state,
    Tensor gradient,
    Tensor stepSize,
    Tensor diagonal,
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
    if (diagonal != null) {
      Require.length("langevin", "diagonal", diagonal, coordinates(state));
    }
    Require.that(temperature >= 0, "langevin: temperature must not be negative: %s", temperature);
  }

  /** Coordinates of one chain. */
  private static int coordinates(Tensor state) {
    return Math.toIntExact(state.shape().elements(1, state.shape().rank()));
  }

  @Override
  public Shape shape() {
    return state.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return diagonal == null
        ? List.of(state, gradient, stepSize, counter)
        : List.of(state, gradient, stepSize, diagonal, counter);
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
            diagonal == null ? 0 : emission.address(diagonal),
            emission.address(counter),
            shape().dim(0),
            coordinates(state),
            temperature,
            seed,
            wall));
  }
}
