package org.stic.graph.op;

import org.stic.graph.Shape;
import org.stic.graph.Variable;

/**
 * The value of a variable between two of its writes. It is the variable's own memory, or a copy
 * made at this point where the variable is overwritten while the value is still needed.
 *
 * @param variable what is read
 * @param writesBefore number of effects before this point that write any of its memory: tells
 *     values apart
 */
public record ReadOp(Variable variable, int writesBefore) implements Leaf {

  @Override
  public Shape shape() {
    return variable.shape();
  }

  @Override
  public void emit(Emission emission) {
    if (emission.output() != variable.address()) {
      emission.call(Copies.packed(emission.output(), variable.address(), shape().elements()));
    }
  }
}
