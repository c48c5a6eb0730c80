package org.stic.objective;

import java.util.function.UnaryOperator;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Denoising score matching whose gradient needs first derivatives only. With {@code q = dL/dS} held
 * fixed, the gradient of L with respect to parameters is that of
 *
 * <pre>
 *   &lt;q, S(x')&gt; = d/dt log p(x' + t q) = (log p(x' + h q) - log p(x' - h q)) / (2 h) + O(h^2),
 * </pre>
 *
 * with h such that pixels move by {@value #MOVE} of the noise.
 */
public record FiniteDifferenceScoreMatching() implements ScoreMatching {
  private static final float MOVE = 0.03f;
  private static final float TINY = 1e-20f;

  @Override
  public Tensor loss(NoisyImages noisy, UnaryOperator<Tensor> logDensity) {
    Tensor score = Ops.stopGradient(noisy.score(logDensity.apply(noisy.images())));
    Tensor loss = DenoisingScoreMatching.loss(noisy, score);
    Tensor difference = difference(noisy, direction(noisy, score), logDensity);
    return Ops.add(loss, Ops.subtract(difference, Ops.stopGradient(difference)));
  }

  /** q, as the images. */
  private static Tensor direction(NoisyImages noisy, Tensor score) {
    Tensor factor = Ops.multiply(noisy.weight(), noisy.deviation());
    Tensor residual = DenoisingScoreMatching.residual(noisy, score);
    return Ops.scale(Ops.multiply(factor, residual), 2f / noisy.pixels());
  }

  private static Tensor difference(
      NoisyImages noisy, Tensor direction, UnaryOperator<Tensor> logDensity) {
    Tensor size = Ops.sqrt(Ops.affine(Ops.mean(Ops.square(direction), 1, 2, 3), 1, TINY));
    Tensor perImage = Ops.reshape(size, noisy.deviation().shape());
    Tensor step = Ops.stopGradient(Ops.scale(Ops.divide(noisy.deviation(), perImage), MOVE));
    Tensor move = Ops.stopGradient(Ops.multiply(step, direction));
    Tensor ahead = logDensity.apply(Ops.add(noisy.images(), move));
    Tensor behind = logDensity.apply(Ops.subtract(noisy.images(), move));
    Tensor steps = Ops.reshape(step, Shape.of(step.shape().dim(0)));
    Tensor slopes = Ops.divide(Ops.subtract(ahead, behind), Ops.scale(steps, 2));
    return Ops.reshape(Ops.sum(slopes), Shape.SCALAR);
  }
}
