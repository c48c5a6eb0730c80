package org.stic.objective;

import java.util.function.UnaryOperator;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/**
 * Asks the score to point back along the noise: the mean over pixels of {@code w (s S(x') + e)^2}.
 * Its gradient with respect to parameters takes second derivatives of the log-density.
 *
 * <p>Source: Vincent, "A connection between score matching and denoising autoencoders", 2011.
 */
public record DenoisingScoreMatching() implements ScoreMatching {

  @Override
  public Tensor loss(NoisyImages noisy, UnaryOperator<Tensor> logDensity) {
    return loss(noisy, noisy.score(logDensity.apply(noisy.images())));
  }

  static Tensor loss(NoisyImages noisy, Tensor score) {
    return Ops.mean(Ops.multiply(noisy.weight(), Ops.square(residual(noisy, score))));
  }

  /** {@code s S + e}, as the images. */
  static Tensor residual(NoisyImages noisy, Tensor score) {
    return Ops.add(Ops.multiply(noisy.deviation(), score), noisy.normal());
  }
}
