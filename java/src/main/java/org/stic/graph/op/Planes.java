package org.stic.graph.op;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** What operations on the planes (image, channel) of feature maps [N x C x H x W] share. */
final class Planes {

  private Planes() {}

  static void require(String operation, Tensor x) {
    Require.rank(operation, "input", x, 4, "[images x channels x height x width]");
  }

  /** Requires one number for each channel [C] or for each plane [N x C]. */
  static void requireCoefficients(String operation, Tensor coefficients, Shape x) {
    Shape shape = coefficients.shape();
    Require.that(
        shape.equals(Shape.of(x.dim(1))) || shape.equals(Shape.of(x.dim(0), x.dim(1))),
        "%s: coefficients must have shape [%d] or [%d x %d], not %s",
        operation,
        x.dim(1),
        x.dim(0),
        x.dim(1),
        shape);
  }

  static int count(Shape x) {
    return x.dim(0) * x.dim(1);
  }

  static int positions(Shape x) {
    return x.dim(2) * x.dim(3);
  }

  static int coefficients(Tensor coefficients) {
    return coefficients.shape().intElements();
  }

  /** The gradient by coefficients whose gradient of each plane [N x C] is known. */
  static Tensor gradientOf(Tensor coefficients, Tensor ofPlanes) {
    return Ops.sumTo(ofPlanes, coefficients.shape());
  }
}
