package org.stic.sampler;

import org.stic.kernels.Wall;

/** The rule of a drawing chain's approximate steps, before it is bound to a density. */
public sealed interface Walk {

  /** The rule on a density. */
  Sampler on(SplitDensity density, long seed);

  /** Deviation of the noise of one step, for chains that do nothing but diffuse. */
  float noise();

  /**
   * Short-run Langevin steps; plain ones where the shape asks for nothing.
   *
   * @param stepSize eps
   * @param temperature T
   */
  record Ascent(float stepSize, float temperature, ShortRun.StepShape shape) implements Walk {
    @Override
    public Sampler on(SplitDensity density, long seed) {
      boolean plain = shape.filter() == null && shape.updateCap() == 0 && shape.jitter() == 0;
      return plain
          ? new Langevin(density, stepSize, temperature, seed, Wall.CLIP)
          : new ShortRun(density, stepSize, temperature, seed, shape);
    }

    @Override
    public float noise() {
      return (float) Math.sqrt(2 * stepSize * temperature);
    }
  }

  /**
   * MALA-approx with its three weights: the prior's term is minus the Gram loss, the condition's is
   * the class term.
   */
  record FreeWeights(MalaApproximation.Weights weights) implements Walk {
    @Override
    public Sampler on(SplitDensity density, long seed) {
      return new MalaApproximation(
          density.weighted(0, 1), density.weighted(1, 0), weights, seed, Wall.CLIP);
    }

    @Override
    public float noise() {
      return weights.noise();
    }
  }
}
