package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Softmax;

/** Gradient of softmax from its output p: p (g - sum(g p)), sums along the last axis. */
public record SoftmaxGradientOp(Tensor outputGradient, Tensor probabilities) implements Op {

  public SoftmaxGradientOp {
    Require.sameShape("softmax gradient", outputGradient, probabilities);
  }

  @Override
  public Shape shape() {
    return probabilities.shape();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(outputGradient, probabilities);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(outputGradient, () -> new SoftmaxGradientOp(upstream, probabilities).node());
    backward.to(probabilities, () -> gradientOfProbabilities(upstream));
  }

  /** u (g - sum(g p)) - g sum(u p). */
  private Tensor gradientOfProbabilities(Tensor upstream) {
    Tensor centred =
        Ops.subtract(outputGradient, Rows.sum(Ops.multiply(outputGradient, probabilities)));
    Tensor throughSum =
        Ops.multiply(outputGradient, Rows.sum(Ops.multiply(upstream, probabilities)));
    return Ops.subtract(Ops.multiply(upstream, centred), throughSum);
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Softmax.gradient(
            emission.output(),
            emission.address(outputGradient),
            emission.address(probabilities),
            Rows.count(shape()),
            Rows.columns(shape())));
  }
}
