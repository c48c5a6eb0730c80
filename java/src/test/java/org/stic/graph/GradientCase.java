package org.stic.graph;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.stic.graph.op.Op;

/**
 * One row of the gradient table: an operation on operands of given shapes and ranges.
 *
 * @param op the operation that the row is about; the result of {@code build} is one
 * @param operands differentiated one by one
 */
record GradientCase(
    Class<? extends Op> op,
    String name,
    List<Operand> operands,
    Function<List<Tensor>, Tensor> build) {

  /**
   * Random values of a shape with magnitudes from {@code low} to {@code high}; both signs when
   * {@code signed}.
   */
  record Operand(Shape shape, double low, double high, boolean signed) {

    double[] draw(Random random) {
      return random
          .doubles(shape.elements(), low, high)
          .map(value -> (float) (signed && random.nextBoolean() ? -value : value))
          .toArray();
    }
  }

  /** Both signs, away from zero, where some functions have a kink. */
  static Operand real(int... dims) {
    return new Operand(Shape.of(dims), 0.1, 1.5, true);
  }

  /** Positive and away from zero, where logarithms and quotients are steep. */
  static Operand positive(int... dims) {
    return new Operand(Shape.of(dims), 0.5, 1.5, false);
  }

  static GradientCase row(
      Class<? extends Op> op,
      String name,
      Function<List<Tensor>, Tensor> build,
      Operand... operands) {
    return new GradientCase(op, name, List.of(operands), build);
  }

  /** The operands as inputs named 0, 1, ... */
  List<Tensor> inputs(Graph graph) {
    return IntStream.range(0, operands.size())
        .mapToObj(i -> graph.input(Integer.toString(i), operands.get(i).shape()))
        .toList();
  }

  @Override
  public String toString() {
    return op.getSimpleName() + " " + name;
  }
}
