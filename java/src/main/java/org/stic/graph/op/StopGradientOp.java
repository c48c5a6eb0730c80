package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** The value of its input, held fixed under differentiation; shares the memory of its input. */
public record StopGradientOp(Tensor input) implements Op {

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Tensor viewOf() {
    return input;
  }

  @Override
  public void gradient(Backward backward) {
    // Held fixed by definition.
  }

  @Override
  public void emit(Emission emission) {
    // A view: nothing to compute.
  }
}
