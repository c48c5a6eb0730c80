package org.stic.settings;

/**
 * Adam and its learning rate over all passes: a straight line from zero to {@code firstRate} over
 * {@code warmUp} updates, then {@code firstRate}, then a straight line down to {@code lastRate}
 * over the last {@code decayShare} of the updates.
 *
 * @param firstRate learning rate before it falls
 * @param lastRate learning rate of the last update of the last pass
 * @param warmUp updates over which the rate rises; 0 for none
 * @param decayShare share of all updates over which the rate falls; 1 for all of them
 * @param beta1 decay of Adam's mean gradient
 * @param beta2 decay of Adam's mean squared gradient
 * @param clipNorm longest gradient; longer ones are scaled down
 * @param averageDecay decay per update of the parameters' running mean, which draws and is measured
 *     in place of the parameters; 0 for the parameters themselves
 */
public record OptimizerSettings(
    double firstRate,
    double lastRate,
    int warmUp,
    double decayShare,
    double beta1,
    double beta2,
    double clipNorm,
    double averageDecay) {
  public OptimizerSettings {
    Requirement.positive("pass.optimizer.first_rate", firstRate);
    Requirement.positive("pass.optimizer.last_rate", lastRate);
    Requirement.atLeast("pass.optimizer.warm_up", warmUp, 0);
    Requirement.between("pass.optimizer.decay_share", decayShare, 0, 1);
    Requirement.between("pass.optimizer.beta1", beta1, 0, 0.9999);
    Requirement.between("pass.optimizer.beta2", beta2, 0, 0.999999);
    Requirement.positive("pass.optimizer.clip_norm", clipNorm);
    Requirement.between("pass.optimizer.average_decay", averageDecay, 0, 0.999999);
  }
}
