package org.stic.model;

import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/**
 * Leaves out a share of the numbers at random and scales the others up, so that the mean stays:
 * {@code y = x m / (1 - rate)} with {@code m} 1 where the uniform number is at least {@code rate},
 * else 0.
 *
 * <p>Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from
 * overfitting", JMLR 2014.
 *
 * @param rate share that is left out, in [0, 1)
 */
public record Dropout(float rate) {
  /** Uniform numbers have 24 bits: any two of them are further apart than its reciprocal. */
  private static final float STEEP = 1 << 25;

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), not " + rate);
    }
  }

  /**
   * The numbers that are left.
   *
   * @param uniform uniform numbers in [0, 1), shaped as {@code x}
   */
  public Tensor apply(Tensor x, Tensor uniform) {
    Tensor above = Ops.affine(uniform, STEEP, 1 - rate * STEEP);
    Tensor zero = x.graph().constant(x.shape(), 0);
    Tensor one = x.graph().constant(x.shape(), 1);
    Tensor mask = Ops.minimum(Ops.maximum(above, zero), one);
    return Ops.scale(Ops.multiply(x, Ops.stopGradient(mask)), 1 / (1 - rate));
  }
}
