package org.stic.graph.op;

import java.util.function.Supplier;
import org.stic.graph.Tensor;

/** One visit of the reverse sweep: what a gradient rule knows, and where it sends its results. */
public interface Backward {

  /** The value whose operation is being differentiated. */
  Tensor output();

  /** Gradient of the differentiated scalar with respect to {@link #output()}, of the same shape. */
  Tensor upstream();

  /**
   * Adds to the gradient of an input. The rule is not evaluated where nothing asks for that input's
   * gradient.
   */
  void to(Tensor input, Supplier<Tensor> rule);
}
