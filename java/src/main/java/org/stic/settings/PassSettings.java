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
 * @param optimizer how the updates follow the gradient
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
    OptimizerSettings optimizer) {
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
    Requirement.notNull("pass.optimizer", optimizer);
  }

  /** Whether the passes draw and learn from drawings at all. */
  public boolean hasFakes() {
    return batch.hard() + batch.soft() > 0;
  }
}
