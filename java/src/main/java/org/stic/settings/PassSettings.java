package org.stic.settings;

/**
 * One pass of self-analysis: {@code refreshes} times, draw fakes with the current net and make
 * {@code updates} updates with Adam.
 *
 * @param refreshes how often new drawings are made in a pass
 * @param hardFakes drawings of one class per refresh
 * @param softFakes drawings of two classes' mixture per refresh
 * @param updates updates after each refresh
 * @param loss what drawings teach
 * @param anchorWeight weight of the real images' logistic loss; introspective loss only
 * @param hardWeight weight of the hard drawings' loss
 * @param softWeight weight of the soft drawings' loss
 * @param firstRate learning rate of the first update of pass 1
 * @param lastRate learning rate of the last update of the last pass, reached linearly
 * @param beta1 decay of Adam's mean gradient
 * @param beta2 decay of Adam's mean squared gradient
 * @param clipNorm longest gradient; longer ones are scaled down
 */
public record PassSettings(
    int refreshes,
    int hardFakes,
    int softFakes,
    int updates,
    BatchSettings batch,
    FakeLoss loss,
    double anchorWeight,
    double hardWeight,
    double softWeight,
    double firstRate,
    double lastRate,
    double beta1,
    double beta2,
    double clipNorm) {
  public PassSettings {
    Requirement.atLeast("pass.refreshes", refreshes, 1);
    Requirement.atLeast("pass.updates", updates, 1);
    Requirement.notNull("pass.batch", batch);
    Requirement.atLeast("pass.hard_fakes", hardFakes, batch.hard() > 0 ? 1 : 0);
    Requirement.atLeast("pass.soft_fakes", softFakes, batch.soft() > 0 ? 1 : 0);
    Requirement.notNull("pass.loss", loss);
    Requirement.between("pass.anchor_weight", anchorWeight, 0, 1e6);
    Requirement.between("pass.hard_weight", hardWeight, 0, 1e6);
    Requirement.between("pass.soft_weight", softWeight, 0, 1e6);
    Requirement.positive("pass.first_rate", firstRate);
    Requirement.positive("pass.last_rate", lastRate);
    Requirement.between("pass.beta1", beta1, 0, 0.9999);
    Requirement.between("pass.beta2", beta2, 0, 0.999999);
    Requirement.positive("pass.clip_norm", clipNorm);
  }

  /** Whether the passes draw and learn from drawings at all. */
  public boolean hasFakes() {
    return batch.hard() + batch.soft() > 0;
  }
}
