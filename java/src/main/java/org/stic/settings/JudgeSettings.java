package org.stic.settings;

/**
 * Training of the judge, on the full training set.
 *
 * @param epochs rounds over the training images
 * @param batch images of one update
 * @param peakRate highest learning rate of the cycle
 * @param seed its own seed, so that runs of all seeds share one judge
 */
public record JudgeSettings(int epochs, int batch, double peakRate, long seed) {
  public JudgeSettings {
    Requirement.atLeast("judge.epochs", epochs, 1);
    Requirement.atLeast("judge.batch", batch, 1);
    Requirement.positive("judge.peak_rate", peakRate);
  }
}
