package org.stic.graph;

import org.stic.graph.op.AssembleOp;
import org.stic.graph.op.BinaryOp;
import org.stic.graph.op.BroadcastOp;
import org.stic.graph.op.PlaneAffineOp;
import org.stic.graph.op.PlaneCombineOp;
import org.stic.graph.op.UniformOp;
import org.stic.kernels.BinaryFunction;

/** Arithmetic of two tensors, with what need not be computed or written out left out. */
final class Arithmetic {

  private Arithmetic() {}

  static Tensor add(Tensor a, Tensor b) {
    if (a.operation() instanceof AssembleOp first
        && b.operation() instanceof AssembleOp second
        && first.isDisjointFrom(second)) {
      return first.with(second).node();
    }
    if (a.operation() instanceof PlaneAffineOp first
        && b.operation() instanceof PlaneAffineOp second) {
      return PlaneCombineOp.sum(first, second);
    }
    if (isUniformFor(a, b)) {
      return Ops.affine(b, 1, value(a));
    }
    return isUniformFor(b, a) ? Ops.affine(a, 1, value(b)) : binary(a, b, BinaryFunction.ADD);
  }

  static Tensor subtract(Tensor a, Tensor b) {
    if (isUniformFor(a, b)) {
      return Ops.affine(b, -1, value(a));
    }
    return isUniformFor(b, a) ? Ops.affine(a, 1, -value(b)) : binary(a, b, BinaryFunction.SUBTRACT);
  }

  static Tensor multiply(Tensor a, Tensor b) {
    if (isUniformFor(a, b)) {
      return Ops.scale(b, value(a));
    }
    return isUniformFor(b, a) ? Ops.scale(a, value(b)) : binary(a, b, BinaryFunction.MULTIPLY);
  }

  static Tensor divide(Tensor a, Tensor b) {
    return isUniformFor(b, a) ? Ops.scale(a, 1 / value(b)) : binary(a, b, BinaryFunction.DIVIDE);
  }

  /** Broadcast operands are read as they were before, where that leaves the result's shape. */
  static Tensor binary(Tensor a, Tensor b, BinaryFunction function) {
    BinaryOp op = new BinaryOp(a, b, function);
    BinaryOp thin = new BinaryOp(beforeBroadcast(a), beforeBroadcast(b), function);
    return (thin.shape().equals(op.shape()) ? thin : op).node();
  }

  private static Tensor beforeBroadcast(Tensor tensor) {
    return tensor.operation() instanceof BroadcastOp broadcast ? broadcast.input() : tensor;
  }

  private static boolean isUniformFor(Tensor constant, Tensor other) {
    return constant.operation() instanceof UniformOp
        && constant.shape().broadcastsTo(other.shape());
  }

  private static float value(Tensor uniform) {
    return ((UniformOp) uniform.operation()).value();
  }
}
