package org.stic.sampler;

import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.kernels.Wall;

/**
 * MALA-approx of plug-and-play generative networks: {@code x' = wall(x + e1 grad log p(x) + e2 grad
 * log p(y|x) + e3 xi)} with three free weights and without an accept step. Unless {@code e1 = e2 =
 * e3^2 / 2} it samples no stated density.
 *
 * <p>Source: Nguyen, Clune, Bengio, Dosovitskiy, Yosinski, "Plug and play generative networks",
 * CVPR 2017, equation 5.
 *
 * @param prior log p(x)
 * @param condition log p(y|x)
 * @param seed key of the noise
 * @param wall what happens at the sides of the box [-1, 1]
 */
public record MalaApproximation(
    LogDensity prior, LogDensity condition, Weights weights, long seed, Wall wall)
    implements Sampler {

  /**
   * The three weights.
   *
   * @param prior e1, the step along the prior's gradient
   * @param condition e2, the step along the condition's gradient
   * @param noise e3, the noise's deviation
   */
  public record Weights(float prior, float condition, float noise) {}

  @Override
  public void step(Graph graph, ChainState state) {
    LogDensity direction =
        position ->
            Ops.add(
                Ops.scale(prior.of(position), weights.prior()),
                Ops.scale(condition.of(position), weights.condition()));
    // A Langevin step of size 1 along the weighted sum has the noise e3 at temperature e3^2 / 2.
    float temperature = weights.noise() * weights.noise() / 2;
    new Langevin(direction, 1, temperature, seed, wall).step(graph, state);
  }
}
