package org.stic.settings;

/**
 * Pass 0: vicinal risk minimisation on real and mixup images, with Adam and a one-cycle learning
 * rate.
 *
 * @param epochs rounds over the training images, counting each batch's real and mixup images
 * @param peakRate highest learning rate of the cycle
 * @param mixupAlpha mixup weights are Beta(alpha, alpha)
 * @param inputNoise deviation of the normal noise on every image that the net is trained on, in
 *     every pass
 */
public record StartSettings(
    double epochs, double peakRate, double mixupAlpha, double inputNoise, BatchSettings batch) {
  public StartSettings {
    Requirement.positive("start.epochs", epochs);
    Requirement.positive("start.peak_rate", peakRate);
    Requirement.positive("start.mixup_alpha", mixupAlpha);
    Requirement.between("start.input_noise", inputNoise, 0, 1);
    Requirement.notNull("start.batch", batch);
    if (batch.hard() + batch.soft() > 0) {
      throw new ConfigurationException("start.batch has no drawings yet: hard and soft must be 0");
    }
  }
}
