package org.stic.graph.op;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Binary;
import org.stic.kernels.BinaryFunction;
import org.stic.kernels.UnaryFunction;

/** Arithmetic of two tensors with broadcasting: y = f(a, b). */
public record BinaryOp(Tensor a, Tensor b, BinaryFunction function, Shape shape) implements Op {

  public BinaryOp(Tensor a, Tensor b, BinaryFunction function) {
    this(
        a,
        b,
        function,
        Shape.broadcast(function.name().toLowerCase(Locale.ROOT), a.shape(), b.shape()));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  /** The operands that are as large as the result: a row and a column of one length are not. */
  @Override
  public List<Tensor> overwritable() {
    return Stream.of(a, b).filter(input -> input.shape().elements() == shape.elements()).toList();
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(a, () -> Ops.sumTo(gradientOfFirst(upstream), a.shape()));
    backward.to(b, () -> Ops.sumTo(gradientOfSecond(upstream, backward.output()), b.shape()));
  }

  private Tensor gradientOfFirst(Tensor upstream) {
    return switch (function) {
      case ADD, SUBTRACT -> upstream;
      case MULTIPLY -> Ops.multiply(upstream, b);
      case DIVIDE -> Ops.divide(upstream, b);
      case MAXIMUM -> Ops.multiply(upstream, firstIsLarger());
      case MINIMUM -> Ops.multiply(upstream, Ops.affine(firstIsLarger(), -1, 1));
    };
  }

  private Tensor gradientOfSecond(Tensor upstream, Tensor output) {
    return switch (function) {
      case ADD -> upstream;
      case SUBTRACT -> Ops.negate(upstream);
      case MULTIPLY -> Ops.multiply(upstream, a);
      case DIVIDE -> Ops.negate(Ops.multiply(upstream, Ops.divide(output, b)));
      case MAXIMUM -> Ops.multiply(upstream, Ops.affine(firstIsLarger(), -1, 1));
      case MINIMUM -> Ops.multiply(upstream, firstIsLarger());
    };
  }

  /** 1 where a > b, 0 where a < b, one half where they are equal. */
  private Tensor firstIsLarger() {
    return Ops.affine(Ops.derivative(Ops.subtract(a, b), UnaryFunction.ABSOLUTE, 1), 0.5f, 0.5f);
  }

  @Override
  public void emit(Emission emission) {
    long output = emission.output();
    long first = emission.address(a);
    long second = emission.address(b);
    boolean isWithoutBroadcast = overwritable().size() == 2;
    if (isWithoutBroadcast) {
      emission.call(Binary.same(output, first, second, shape.elements(), function));
      return;
    }
    LoopNest loops =
        LoopNest.over(
            shape, LoopNest.broadcast(a.shape(), shape), LoopNest.broadcast(b.shape(), shape));
    emission.call(
        Binary.broadcast(
            output, first, second, loops.dims(), loops.strides(0), loops.strides(1), function));
  }
}
