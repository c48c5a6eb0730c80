package org.stic.settings;

/** What the sections of a score network's configuration ask of each other. */
record ScoreAgreement(
    NetworkSettings network,
    StartSettings start,
    ObjectiveSettings objective,
    PassSettings pass,
    RegularisationSettings regularisation,
    SamplerSettings sampler,
    EvaluationSettings evaluation) {

  /** Requires that network, objective and sampler are all of the score's kinds, or none of them. */
  void require() {
    boolean isNetwork = network instanceof ScoreNetworkSettings;
    boolean isObjective = objective instanceof ObjectiveSettings.ScoreMatching;
    boolean isSampler = sampler instanceof AnnealedSamplerSettings;
    if (isNetwork != isObjective || isNetwork != isSampler) {
      throw new ConfigurationException(
          "network.kind 'score-unet', objective.kind 'score-matching' and sampler.kind"
              + " 'annealed-langevin' need each other: set all three or none of them");
    }
    if (objective instanceof ObjectiveSettings.ScoreMatching matching) {
      requireImages(matching, "start.batch", start.batch());
      requireImages(matching, "pass.batch", pass.batch());
    }
    if (sampler instanceof AnnealedSamplerSettings annealed) {
      requireUnused();
      AnnealedSamplerSettings.requireWholeLevels(
          "evaluation.steps", evaluation.steps(), annealed.levels());
    }
  }

  private static void requireImages(
      ObjectiveSettings.ScoreMatching objective, String name, BatchSettings batch) {
    if (objective.noisyImages() > batch.real()) {
      throw new ConfigurationException(
          "objective.noisy_images must be at most %s.real = %d, not %d"
              .formatted(name, batch.real(), objective.noisyImages()));
    }
  }

  /** What works with other kinds alone must be off, so that nothing is silently left out. */
  private void requireUnused() {
    if (regularisation.dropout() != 0 || regularisation.labelSmoothing() != 0) {
      throw new ConfigurationException(
          "network.kind 'score-unet' has neither: regularisation.dropout and"
              + " regularisation.label_smoothing must be 0");
    }
    if (!(pass.chains() instanceof ChainSettings.Canvas)) {
      throw new ConfigurationException(
          "sampler.kind 'annealed-langevin' begins at the highest noise: pass.chains.kind must be"
              + " 'canvas'");
    }
    if (evaluation.correctionSteps() > 0) {
      throw new ConfigurationException(
          "sampler.kind 'annealed-langevin' has no exact steps: evaluation.correction_steps must be"
              + " 0");
    }
  }
}
