package org.stic.settings;

/**
 * One pass of self-analysis: {@code refreshes} times, draw fakes with the current net and make
 * {@code updates} updates with Adam.
 *
 * @param refreshes how often new drawings are made in a pass
 * @param hardFakes drawings of one class per refresh
 * @param softFakes drawings of two classes' mixture per refresh
 * @param updates updates after each refresh
 * @param optimizer how the updates follow the gradient
 */
public record PassSettings(
    int refreshes,
    int hardFakes,
    int softFakes,
    int updates,
    BatchSettings batch,
    OptimizerSettings optimizer) {
  public PassSettings {
    Requirement.atLeast("pass.refreshes", refreshes, 1);
    Requirement.atLeast("pass.updates", updates, 1);
    Requirement.notNull("pass.batch", batch);
    Requirement.atLeast("pass.hard_fakes", hardFakes, batch.hard() > 0 ? 1 : 0);
    Requirement.atLeast("pass.soft_fakes", softFakes, batch.soft() > 0 ? 1 : 0);
    Requirement.notNull("pass.optimizer", optimizer);
  }

  /** Whether the passes draw and learn from drawings at all. */
  public boolean hasFakes() {
    return batch.hard() + batch.soft() > 0;
  }
}
