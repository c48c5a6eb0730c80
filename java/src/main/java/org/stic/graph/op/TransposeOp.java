package org.stic.graph.op;

import java.util.List;
import java.util.stream.IntStream;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Copy;

/** Reorders axes: axis i of the result is axis {@code order[i]} of the input. */
public record TransposeOp(Tensor input, List<Integer> order) implements Op {

  public TransposeOp {
    order = List.copyOf(order);
    Require.that(
        order.stream()
            .sorted()
            .toList()
            .equals(IntStream.range(0, input.shape().rank()).boxed().toList()),
        "transpose: %s does not name each axis of %s once",
        order,
        input.shape());
  }

  @Override
  public Shape shape() {
    return new Shape(order.stream().mapToInt(input.shape()::dim).toArray());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(input, () -> Ops.transpose(backward.upstream(), inverse()));
  }

  private int[] inverse() {
    return IntStream.range(0, order.size()).map(order::indexOf).toArray();
  }

  @Override
  public void emit(Emission emission) {
    int[] strides = input.shape().strides();
    int[] permuted = order.stream().mapToInt(axis -> strides[axis]).toArray();
    LoopNest loops = LoopNest.over(shape(), shape().strides(), permuted);
    emission.call(
        Copy.strided(
            emission.output(),
            emission.address(input),
            loops.dims(),
            loops.strides(0),
            0,
            loops.strides(1),
            0));
  }
}
