package org.stic.graph.op;

import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * Argument checks of the operations: one clear sentence that names the operation and the shapes.
 */
final class Require {

  private Require() {}

  @SuppressWarnings("AnnotateFormatMethod") // The annotation is in no library that we use.
  static void that(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(format.formatted(arguments));
    }
  }

  static void rank(String operation, String operand, Tensor tensor, int rank, String layout) {
    that(
        tensor.shape().rank() == rank,
        "%s: %s must have shape %s, not %s",
        operation,
        operand,
        layout,
        tensor.shape());
  }

  static void sameShape(String operation, Tensor a, Tensor b) {
    that(
        a.shape().equals(b.shape()),
        "%s: shapes %s and %s must be equal",
        operation,
        a.shape(),
        b.shape());
  }

  static void sameLength(String operation, Variable a, Variable b) {
    that(
        a.shape().elements() == b.shape().elements(),
        "%s: %s and %s must be equally long",
        operation,
        a,
        b);
  }

  static void sameLength(String operation, Variable variable, Tensor value) {
    that(
        variable.shape().elements() == value.shape().elements(),
        "%s: %s and a value of shape %s must be equally long",
        operation,
        variable,
        value.shape());
  }

  static void length(String operation, String operand, Tensor value, long elements) {
    that(
        value.shape().elements() == elements,
        "%s: %s must have %d elements, not shape %s",
        operation,
        operand,
        elements,
        value.shape());
  }

  static void length(String operation, String operand, Variable variable, long elements) {
    that(
        variable.shape().elements() == elements,
        "%s: %s must have %d elements; the variable given is %s",
        operation,
        operand,
        elements,
        variable);
  }

  static UnsupportedOperationException notDifferentiable(Op op) {
    return new UnsupportedOperationException(
        "%s is not differentiable; use stopGradient on its result, or differentiate with respect to that result"
            .formatted(op.name()));
  }
}
