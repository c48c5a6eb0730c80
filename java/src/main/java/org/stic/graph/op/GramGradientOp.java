package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Gram;

/**
 * Gradient of the Gram matrix with respect to the features: scale * (D + D^T) F, bilinear in D and
 * F.
 */
public record GramGradientOp(Tensor gramGradient, Tensor features, float scale) implements Op {

  public GramGradientOp {
    int channels = features.shape().dim(1);
    Shape expected = Shape.of(features.shape().dim(0), channels, channels);
    Require.that(
        gramGradient.shape().equals(expected),
        "gram gradient: the gradient must have shape %s, not %s",
        expected,
        gramGradient.shape());
  }

  @Override
  public Shape shape() {
    return features.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gramGradient, features);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(gramGradient, () -> gradientOfGramGradient(upstream));
    backward.to(features, () -> new GramGradientOp(gramGradient, upstream, scale).node());
  }

  /** scale * (U F^T + F U^T). */
  private Tensor gradientOfGramGradient(Tensor upstream) {
    Shape flat = Shape.of(shape().dim(0), shape().dim(1), GramOp.positions(shape()));
    Tensor product =
        Ops.matmul(Ops.reshape(upstream, flat), Ops.reshape(features, flat), false, true, scale);
    return Ops.add(product, Ops.transpose(product, 0, 2, 1));
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Gram.gradient(
            emission.output(),
            emission.address(gramGradient),
            emission.address(features),
            shape().dim(0),
            shape().dim(1),
            GramOp.positions(shape()),
            scale));
  }
}
