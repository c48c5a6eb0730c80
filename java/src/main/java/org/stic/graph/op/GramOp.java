package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Gram;

/**
 * Gram matrices G = scale * F F^T of feature maps [N x C x positions], any number of axes of
 * positions; the result is [N x C x C] and symmetric.
 */
public record GramOp(Tensor features, float scale) implements Op {

  public GramOp {
    Require.that(
        features.shape().rank() >= 3,
        "gram: features must have shape [images x channels x positions], not %s",
        features.shape());
  }

  /** Product of the extents after images and channels. */
  static int positions(Shape features) {
    return Math.toIntExact(features.elements(2, features.rank()));
  }

  @Override
  public Shape shape() {
    int channels = features.shape().dim(1);
    return Shape.of(features.shape().dim(0), channels, channels);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(features);
  }

  @Override
  public void gradient(Backward backward) {
    backward.to(features, () -> new GramGradientOp(backward.upstream(), features, scale).node());
  }

  @Override
  public void emit(Emission emission) {
    Shape shape = features.shape();
    emission.call(
        Gram.matrix(
            emission.output(),
            emission.address(features),
            shape.dim(0),
            shape.dim(1),
            positions(shape),
            scale));
  }
}
