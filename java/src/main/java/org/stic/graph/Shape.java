package org.stic.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The static extents of a tensor, outermost axis first; row-major and packed in memory. A shape
 * without axes is a scalar of one element. Axes may be named from the end: -1 is the last one.
 */
public final class Shape {

  /** The most axes that a shape may have. */
  public static final int MAXIMUM_RANK = 5;

  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape();

  private final int[] dims;

  /**
   * A shape of the given extents.
   *
   * @param dims the extent of each axis, 1 or more; at most {@value #MAXIMUM_RANK} axes
   */
  public Shape(int... dims) {
    this.dims = dims.clone();
    if (dims.length > MAXIMUM_RANK) {
      throw new IllegalArgumentException(
          "shape %s has %d axes; at most %d are supported"
              .formatted(text(dims), dims.length, MAXIMUM_RANK));
    }
    if (Arrays.stream(dims).anyMatch(dim -> dim < 1)) {
      throw new IllegalArgumentException(
          "shape %s: every axis must be 1 or longer".formatted(text(dims)));
    }
  }

  /** The same as the constructor, for fluent reading. */
  public static Shape of(int... dims) {
    return new Shape(dims);
  }

  /** A copy of the extents. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Extent of an axis; negative axes count from the end. */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** The axis counted from the front. */
  public int axis(int axis) {
    int fromFront = axis < 0 ? axis + rank() : axis;
    if (fromFront < 0 || fromFront >= rank()) {
      throw new IllegalArgumentException("shape %s has no axis %d".formatted(this, axis));
    }
    return fromFront;
  }

  /** Number of elements. */
  public long elements() {
    return elements(0, rank());
  }

  /** Number of elements as an {@code int}, for kernels that index with 32 bits. */
  public int intElements() {
    return Math.toIntExact(elements());
  }

  /** Product of the extents of the axes {@code from} (inclusive) to {@code to} (exclusive). */
  public long elements(int from, int to) {
    return Arrays.stream(dims, from, to).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** Bytes of a packed fp32 tensor of this shape. */
  public long bytes() {
    return elements() * Float.BYTES;
  }

  /** Elements to step over for one step along each axis. */
  public int[] strides() {
    return IntStream.range(0, rank())
        .map(axis -> Math.toIntExact(elements(axis + 1, rank())))
        .toArray();
  }

  /** This shape with the extent of one axis replaced. */
  public Shape with(int axis, int extent) {
    int[] changed = dims.clone();
    changed[axis(axis)] = extent;
    return new Shape(changed);
  }

  /** This shape without the axes {@code from} (inclusive) to {@code to} (exclusive). */
  public Shape without(int from, int to) {
    return new Shape(
        IntStream.range(0, rank())
            .filter(axis -> axis < from || axis >= to)
            .map(this::dim)
            .toArray());
  }

  /** This shape with axes of extent 1 put in front until it has {@code rank} axes. */
  public Shape padded(int rank) {
    int[] padded = new int[rank];
    Arrays.fill(padded, 1);
    System.arraycopy(dims, 0, padded, rank - rank(), rank());
    return new Shape(padded);
  }

  /**
   * Whether a tensor of this shape may be read as one of {@code target} by repeating axes of extent
   * 1.
   */
  public boolean broadcastsTo(Shape target) {
    int missing = target.rank() - rank();
    return missing >= 0
        && IntStream.range(0, rank())
            .allMatch(axis -> dims[axis] == 1 || dims[axis] == target.dims[axis + missing]);
  }

  /**
   * The shape that both operands broadcast to: axes are aligned at the end, and an extent of 1
   * repeats.
   *
   * @throws IllegalArgumentException naming the operation and both shapes when they do not fit
   */
  public static Shape broadcast(String operation, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape left = a.padded(rank);
    Shape right = b.padded(rank);
    Shape result =
        new Shape(
            IntStream.range(0, rank)
                .map(axis -> Math.max(left.dim(axis), right.dim(axis)))
                .toArray());
    if (!left.broadcastsTo(result) || !right.broadcastsTo(result)) {
      throw new IllegalArgumentException(
          "%s: shapes %s and %s do not broadcast; aligned at the end, each pair of axes must be equal or contain a 1"
              .formatted(operation, a, b));
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return text(dims);
  }

  private static String text(int[] dims) {
    return Arrays.stream(dims)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("x", "[", "]"));
  }
}
