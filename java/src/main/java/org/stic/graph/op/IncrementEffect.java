package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.kernels.Counter;

/** Adds one to a counter: a variable whose first element is an unsigned integer. */
public record IncrementEffect(Variable counter) implements Effect {

  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

  @Override
  public List<Variable> writes() {
    return List.of(counter);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(Counter.increment(counter.address()));
  }
}
