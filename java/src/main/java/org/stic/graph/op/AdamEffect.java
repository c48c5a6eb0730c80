package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Optimizer;

/**
 * One Adam step over flat buffers of equal length.
 *
 * @param mean first moment
 * @param variance second moment
 * @param gradients of the loss
 * @param norm of the gradients, for clipping
 * @param hyper rate, decay rates and so on, in the order of {@link Optimizer}
 * @param counter one unsigned integer: steps done before
 */
public record AdamEffect(
    Variable parameters,
    Variable mean,
    Variable variance,
    Tensor gradients,
    Tensor norm,
    Tensor hyper,
    Tensor counter)
    implements Effect {

  public AdamEffect {
    Require.sameLength("adam", parameters, mean);
    Require.sameLength("adam", parameters, variance);
    Require.sameLength("adam", parameters, gradients);
    Require.length("adam", "norm", norm, 1);
    Require.length("adam", "hyper", hyper, Optimizer.HYPER_SLOTS);
    Require.length("adam", "counter", counter, 1);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gradients, norm, hyper, counter);
  }

  @Override
  public List<Variable> writes() {
    return List.of(parameters, mean, variance);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Optimizer.adam(
            parameters.address(),
            mean.address(),
            variance.address(),
            emission.address(gradients),
            emission.address(norm),
            emission.address(hyper),
            emission.address(counter),
            parameters.shape().elements()));
  }
}
