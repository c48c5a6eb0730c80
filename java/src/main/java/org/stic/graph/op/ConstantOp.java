package org.stic.graph.op;

import org.stic.graph.Shape;

/**
 * Values known when the graph is made, in row-major order; uploaded once when the program is
 * compiled. Each constant is a node of its own.
 */
public final class ConstantOp implements Leaf {

  private final Shape shape;
  private final float[] values;

  public ConstantOp(Shape shape, float... values) {
    Require.that(
        values.length == shape.elements(),
        "constant: shape %s needs %d values (or one for all), not %d",
        shape,
        shape.elements(),
        values.length);
    this.shape = shape;
    this.values = values.clone();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** A copy of the values. */
  public float[] values() {
    return values.clone();
  }
}
