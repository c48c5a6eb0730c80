package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;

/** An operation without inputs whose value is there before the program starts. */
public sealed interface Leaf extends Op permits InputOp, ConstantOp, UniformOp, ReadOp {

  @Override
  default List<Tensor> inputs() {
    return List.of();
  }

  @Override
  default void gradient(Backward backward) {
    // Nothing lies before a leaf.
  }

  @Override
  default void emit(Emission emission) {
    // The program puts the value in place.
  }
}
