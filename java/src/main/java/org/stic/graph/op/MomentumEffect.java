package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Optimizer;

/**
 * One step of gradient descent with momentum over flat buffers of equal length.
 *
 * @param gradients of the loss
 * @param norm of the gradients, for clipping
 * @param hyper rate, momentum and so on, in the order of {@link Optimizer}
 */
public record MomentumEffect(
    Variable parameters, Variable velocity, Tensor gradients, Tensor norm, Tensor hyper)
    implements Effect {

  public MomentumEffect {
    Require.sameLength("momentum", parameters, velocity);
    Require.sameLength("momentum", parameters, gradients);
    Require.length("momentum", "norm", norm, 1);
    Require.length("momentum", "hyper", hyper, Optimizer.HYPER_SLOTS);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gradients, norm, hyper);
  }

  @Override
  public List<Variable> writes() {
    return List.of(parameters, velocity);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Optimizer.momentum(
            parameters.address(),
            velocity.address(),
            emission.address(gradients),
            emission.address(norm),
            emission.address(hyper),
            parameters.shape().elements()));
  }
}
