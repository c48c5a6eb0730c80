package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * Writes a value into a variable: a copy, or nothing where the value is computed in the variable's
 * memory.
 */
public record AssignEffect(Variable variable, Tensor value) implements Effect {

  public AssignEffect {
    Require.that(
        variable.shape().elements() == value.shape().elements(),
        "assign: variable %s cannot hold a value of shape %s",
        variable,
        value.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(value);
  }

  @Override
  public List<Variable> writes() {
    return List.of(variable);
  }

  @Override
  public void emit(Emission emission) {
    long source = emission.address(value);
    if (source != variable.address()) {
      emission.call(Copies.packed(variable.address(), source, value.shape().elements()));
    }
  }
}
