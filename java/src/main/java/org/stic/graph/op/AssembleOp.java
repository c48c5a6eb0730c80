package org.stic.graph.op;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Copy;
import org.stic.kernels.Fill;

/**
 * Tensors put side by side along one axis, with zeros where nothing is put: concatenation, and the
 * adjoint of slicing.
 *
 * @param shape of the whole
 * @param axis along which the parts lie
 * @param parts in order along the axis, without overlap
 */
public record AssembleOp(Shape shape, int axis, List<Part> parts) implements Op {

  /** A tensor that covers {@code from} to {@link #to} of the axis. */
  public record Part(int from, Tensor tensor) {

    int to(int axis) {
      return from + tensor.shape().dim(axis);
    }
  }

  public AssembleOp {
    axis = shape.axis(axis);
    parts = parts.stream().sorted(Comparator.comparingInt(Part::from)).toList();
    int end = 0;
    for (Part part : parts) {
      Tensor tensor = part.tensor();
      Require.that(
          tensor.shape().rank() == shape.rank()
              && tensor.shape().equals(shape.with(axis, tensor.shape().dim(axis))),
          "concat: shape %s does not fit into %s along axis %d",
          tensor.shape(),
          shape,
          axis);
      Require.that(
          part.from() >= end && part.to(axis) <= shape.dim(axis),
          "embed: %s at %d does not fit into axis %d of %s",
          tensor.shape(),
          part.from(),
          axis,
          shape);
      end = part.to(axis);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return parts.stream().map(Part::tensor).distinct().toList();
  }

  /**
   * Whether the parts of both lie beside each other in the same whole, so that their sum is one
   * assembly.
   */
  public boolean isDisjointFrom(AssembleOp other) {
    return shape.equals(other.shape)
        && axis == other.axis
        && parts.stream().noneMatch(other::overlaps);
  }

  /** The sum with an assembly that it {@linkplain #isDisjointFrom is disjoint from}. */
  public AssembleOp with(AssembleOp other) {
    return new AssembleOp(
        shape, axis, Stream.concat(parts.stream(), other.parts.stream()).toList());
  }

  private boolean overlaps(Part part) {
    return parts.stream().anyMatch(own -> own.from() < part.to(axis) && part.from() < own.to(axis));
  }

  private boolean hasGaps() {
    return parts.stream().mapToInt(part -> part.to(axis) - part.from()).sum() < shape.dim(axis);
  }

  @Override
  public void gradient(Backward backward) {
    for (Part part : parts) {
      backward.to(
          part.tensor(), () -> Ops.slice(backward.upstream(), axis, part.from(), part.to(axis)));
    }
  }

  @Override
  public void emit(Emission emission) {
    if (hasGaps()) {
      emission.call(Fill.constant(emission.output(), shape.elements(), 0));
    }
    parts.forEach(part -> emitCopy(emission, part));
  }

  private void emitCopy(Emission emission, Part part) {
    Shape size = part.tensor().shape();
    LoopNest loops = LoopNest.over(size, shape.strides(), size.strides());
    long offset = part.from() * shape.elements(axis + 1, shape.rank());
    emission.call(
        Copy.strided(
            emission.output(),
            emission.address(part.tensor()),
            loops.dims(),
            loops.strides(0),
            offset,
            loops.strides(1),
            0));
  }
}
