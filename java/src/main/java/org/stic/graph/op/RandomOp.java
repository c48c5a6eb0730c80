package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.RandomNumbers;

/**
 * Philox4x32-10 numbers: a pure function of seed, purpose, element and the counter's value. Not
 * differentiable.
 *
 * @param counter one unsigned integer
 */
public record RandomOp(
    Tensor counter, Distribution distribution, long seed, int purpose, Shape shape) implements Op {

  public RandomOp {
    Require.length("random", "counter", counter, 1);
  }

  /** What the numbers are distributed as. */
  public enum Distribution {
    /** Mean 0, variance 1. */
    NORMAL,
    /** Uniform in [0, 1). */
    UNIFORM
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(counter);
  }

  @Override
  public void gradient(Backward backward) {
    throw Require.notDifferentiable(this);
  }

  @Override
  public void emit(Emission emission) {
    long output = emission.output();
    long step = emission.address(counter);
    emission.call(
        switch (distribution) {
          case NORMAL -> RandomNumbers.normal(output, shape.elements(), step, seed, purpose);
          case UNIFORM -> RandomNumbers.uniform(output, shape.elements(), step, seed, purpose);
        });
  }
}
