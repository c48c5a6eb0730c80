package org.stic.graph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.stic.graph.op.SumOp;
import org.stic.graph.op.UniformOp;

/**
 * Sums over any axes as sums over runs of neighbouring axes. The first run goes first: it is read
 * in long rows and leaves little for the others, while short rows at the end would be one block
 * each.
 */
final class Reductions {

  private Reductions() {}

  static Tensor sum(Tensor x, int... axes) {
    return sum(x, 1, named(x.shape(), axes));
  }

  static Tensor mean(Tensor x, int... axes) {
    BitSet named = named(x.shape(), axes);
    long count = named.stream().mapToLong(x.shape()::dim).reduce(1, (a, b) -> a * b);
    return sum(x, 1f / count, named);
  }

  static Tensor sumTo(Tensor x, Shape shape) {
    Shape padded = shape.padded(x.shape().rank());
    int[] repeated =
        IntStream.range(0, padded.rank())
            .filter(axis -> padded.dim(axis) != x.shape().dim(axis))
            .toArray();
    return Ops.reshape(repeated.length == 0 ? x : sum(x, repeated), shape);
  }

  /** The axes counted from the front; all of them when none is named. */
  private static BitSet named(Shape shape, int... axes) {
    BitSet named = new BitSet();
    Arrays.stream(axes).forEach(axis -> named.set(shape.axis(axis)));
    if (axes.length == 0) {
      named.set(0, shape.rank());
    }
    return named;
  }

  /** The factor goes with the last and smallest sum. */
  private static Tensor sum(Tensor x, float scale, BitSet axes) {
    if (axes.isEmpty()) {
      return Ops.scale(x, scale);
    }
    int from = axes.nextSetBit(0);
    int to = axes.nextClearBit(from);
    BitSet left = new BitSet();
    axes.stream().filter(axis -> axis >= to).forEach(axis -> left.set(axis - (to - from)));
    return left.isEmpty() ? run(x, from, to, scale) : sum(run(x, from, to, 1), scale, left);
  }

  private static Tensor run(Tensor x, int from, int to, float scale) {
    Shape result = x.shape().without(from, to);
    long count = x.shape().elements(from, to);
    if (x.operation() instanceof UniformOp uniform) {
      return x.graph().constant(result, uniform.value() * count * scale);
    }
    return count == 1
        ? Ops.scale(Ops.reshape(x, result), scale)
        : new SumOp(x, from, to, scale).node();
  }
}
