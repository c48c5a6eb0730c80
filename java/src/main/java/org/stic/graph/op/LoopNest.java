package org.stic.graph.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.stic.graph.Shape;

/**
 * A loop over all elements of a shape that steps through several operands, written with the fewest
 * axes: axes of extent 1 are dropped, and neighbours over which every operand steps evenly are one
 * axis.
 */
final class LoopNest {

  private static final int MAXIMUM_AXES = 4;

  /** One axis: its extent, and the step of each operand. */
  private record Axis(int extent, List<Integer> steps) {

    /** Whether this axis and the next one inwards can be walked as one. */
    boolean continuesInto(Axis inner) {
      return inner.steps.stream().map(step -> step * inner.extent).toList().equals(steps);
    }
  }

  private final List<Axis> axes = new ArrayList<>();

  private LoopNest() {}

  /**
   * @param strides of each operand along each axis of the shape
   */
  static LoopNest over(Shape shape, int[]... strides) {
    LoopNest loops = new LoopNest();
    for (int axis = 0; axis < shape.rank(); axis++) {
      loops.append(shape.dim(axis), axis, strides);
    }
    if (loops.axes.isEmpty()) {
      loops.axes.add(new Axis(1, Collections.nCopies(strides.length, 0)));
    }
    Require.that(
        loops.axes.size() <= MAXIMUM_AXES,
        "a loop over shape %s needs %d separate axes; kernels have at most %d",
        shape,
        loops.axes.size(),
        MAXIMUM_AXES);
    return loops;
  }

  /** Strides that read a tensor as one of the target shape, repeating its axes of extent 1. */
  static int[] broadcast(Shape source, Shape target) {
    Shape padded = source.padded(target.rank());
    int[] strides = padded.strides();
    return IntStream.range(0, target.rank())
        .map(axis -> padded.dim(axis) == 1 ? 0 : strides[axis])
        .toArray();
  }

  int[] dims() {
    return axes.stream().mapToInt(Axis::extent).toArray();
  }

  int[] strides(int operand) {
    return axes.stream().mapToInt(axis -> axis.steps.get(operand)).toArray();
  }

  private void append(int extent, int axis, int[][] strides) {
    if (extent == 1) {
      return;
    }
    Axis next = new Axis(extent, Arrays.stream(strides).map(operand -> operand[axis]).toList());
    if (!axes.isEmpty() && axes.getLast().continuesInto(next)) {
      next = new Axis(axes.removeLast().extent * extent, next.steps);
    }
    axes.add(next);
  }
}
