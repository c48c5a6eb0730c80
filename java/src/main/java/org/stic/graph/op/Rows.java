package org.stic.graph.op;

import java.util.Arrays;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** A tensor seen as rows along its last axis. */
final class Rows {

  private Rows() {}

  static int count(Shape shape) {
    return Math.toIntExact(shape.elements(0, shape.rank() - 1));
  }

  static int columns(Shape shape) {
    return shape.dim(-1);
  }

  /** The shape with one number for each row. */
  static Shape numbers(Shape shape) {
    return new Shape(Arrays.copyOf(shape.dims(), shape.rank() - 1));
  }

  /** Sum of each row, kept as an axis of extent 1 so that it multiplies the row. */
  static Tensor sum(Tensor tensor) {
    return asColumn(Ops.sum(tensor, -1));
  }

  /** One number for each row, shaped to multiply the row. */
  static Tensor asColumn(Tensor numbers) {
    int[] dims = Arrays.copyOf(numbers.shape().dims(), numbers.shape().rank() + 1);
    dims[dims.length - 1] = 1;
    return Ops.reshape(numbers, new Shape(dims));
  }

  static void require(String operation, Tensor tensor) {
    Require.that(tensor.shape().rank() >= 1, "%s: a scalar has no rows", operation);
  }
}
