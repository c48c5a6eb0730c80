package org.stic.objective;

import java.util.List;
import java.util.function.UnaryOperator;
import org.stic.graph.Gradients;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/**
 * Score matching along random directions v, without looking at the noise: the mean over images of
 * {@code 2 w s^2 (v^T (dS/dx) v + |S|^2 / 2) / pixels}, which is 1 below denoising score matching
 * but for its factor w. Its gradient with respect to parameters takes third derivatives of the
 * log-density.
 *
 * <p>Source: Song, Garg, Shi, Ermon, "Sliced score matching", 2019, with its variance reduction.
 */
public record SlicedScoreMatching() implements ScoreMatching {

  @Override
  public Tensor loss(NoisyImages noisy, UnaryOperator<Tensor> logDensity) {
    Tensor score = noisy.score(logDensity.apply(noisy.images()));
    Tensor along = Ops.multiply(noisy.directions(), score);
    Tensor change = Gradients.of(along, List.of(noisy.images())).getFirst();
    Tensor curvature = Ops.multiply(noisy.directions(), change);
    Tensor both = Ops.add(Ops.scale(curvature, 2), Ops.square(score));
    Tensor variance = Ops.square(noisy.deviation());
    return Ops.mean(Ops.multiply(Ops.multiply(noisy.weight(), variance), both));
  }
}
