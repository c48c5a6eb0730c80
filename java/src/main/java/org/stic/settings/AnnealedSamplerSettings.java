package org.stic.settings;

/**
 * Chains that follow a score from high to low noise.
 *
 * @param levels levels of noise, from the network's highest to its lowest
 * @param steps steps of a chain during training, the same number at each level; the last one of a
 *     level goes on to the next
 * @param stepScale step size in units of the level's noise variance
 * @param temperature temperature of the chain; its noise variance is proportional to it
 * @param guidance weight a of the class: the chains climb {@code log p(x | y)} with {@code p(y |
 *     x)} to the power a
 * @param gramWeight weight of the Gram loss, divided by the level's noise
 * @param gramImages real training images per class behind each Gram target
 * @param fakeWeight weight of not being taken for a drawing
 */
public record AnnealedSamplerSettings(
    int levels,
    int steps,
    double stepScale,
    double temperature,
    double guidance,
    double gramWeight,
    int gramImages,
    double fakeWeight)
    implements SamplerSettings {
  public AnnealedSamplerSettings {
    Requirement.atLeast("sampler.levels", levels, 2);
    Requirement.between("sampler.step_scale", stepScale, 0, 1);
    Requirement.between("sampler.temperature", temperature, 0, 1e6);
    Requirement.between("sampler.guidance", guidance, 0, 1e6);
    Requirement.between("sampler.gram_weight", gramWeight, 0, 1e6);
    Requirement.atLeast("sampler.gram_images", gramImages, 1);
    Requirement.between("sampler.fake_weight", fakeWeight, 0, 1e6);
    requireWholeLevels("sampler.steps", steps, levels);
  }

  /** Requires a number of steps that is the same at each of the levels. */
  public static void requireWholeLevels(String name, int steps, int levels) {
    if (steps < levels || steps % levels != 0) {
      throw new ConfigurationException(
          "%s must be a multiple of sampler.levels = %d, not %d".formatted(name, levels, steps));
    }
  }
}
