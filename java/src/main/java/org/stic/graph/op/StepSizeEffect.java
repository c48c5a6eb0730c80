package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.StepSize;

/**
 * Robbins-Monro adaptation of the step size towards an acceptance rate, frozen after a number of
 * steps: log eps += gain_t (mean acceptance - target) with gain_t = (1 + t)^-exponent.
 *
 * @param stepSize one number, adapted
 * @param acceptance [chains] probabilities of the last test
 * @param counter one unsigned integer: the step t
 */
public record StepSizeEffect(
    Variable stepSize,
    Tensor acceptance,
    Tensor counter,
    float target,
    float gainExponent,
    int frozenAfter)
    implements Effect {

  public StepSizeEffect {
    Require.length("step size", "step size", stepSize, 1);
    Require.length("step size", "counter", counter, 1);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(acceptance, counter);
  }

  @Override
  public List<Variable> writes() {
    return List.of(stepSize);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        StepSize.adapt(
            stepSize.address(),
            emission.address(acceptance),
            emission.address(counter),
            acceptance.shape().intElements(),
            target,
            gainExponent,
            frozenAfter));
  }
}
