package org.stic.settings;

/**
 * One pass of self-analysis: {@code refreshes} times, draw fakes with the current net and make
 * {@code updates} updates with Adam.
 *
 * @param refreshes how often new drawings are made in a pass
 * @param hardFakes drawings of one class per refresh
 * @param softFakes drawings of two classes' mixture per refresh
 * @param updates updates after each refresh
 * @param newestShare fraction of a batch's drawings that come from the newest refresh alone; the
 *     others come from all refreshes so far
 * @param chains where the chains begin
 * @param optimizer how the updates follow the gradient
 */
public record PassSettings(
    int refreshes,
    int hardFakes,
    int softFakes,
    int updates,
    BatchSettings batch,
    double newestShare,
    ChainSettings chains,
    OptimizerSettings optimizer) {
  public PassSettings {
    Requirement.atLeast("pass.refreshes", refreshes, 1);
    Requirement.atLeast("pass.updates", updates, 1);
    Requirement.notNull("pass.batch", batch);
    Requirement.atLeast("pass.hard_fakes", hardFakes, batch.hard() > 0 ? 1 : 0);
    Requirement.atLeast("pass.soft_fakes", softFakes, batch.soft() > 0 ? 1 : 0);
    Requirement.between("pass.newest_share", newestShare, 0, 1);
    Requirement.notNull("pass.chains", chains);
    requireRoom(chains, batch.hard() + batch.soft() > 0 ? hardFakes + softFakes : 0);
    Requirement.notNull("pass.optimizer", optimizer);
  }

  private static void requireRoom(ChainSettings chains, int drawings) {
    if (!(chains instanceof ChainSettings.Canvas) && drawings == 0) {
      throw new ConfigurationException(
          "pass.chains go on from pass to pass only where there are drawings: set pass.chains.kind"
              + " to 'canvas', or pass.batch.hard or pass.batch.soft to at least 1");
    }
    if (chains instanceof ChainSettings.Persistent buffer && buffer.size() < drawings) {
      throw new ConfigurationException(
          "pass.chains.size must be at least the %d drawings of a refresh, not %d"
              .formatted(drawings, buffer.size()));
    }
  }

  /** Drawings of one refresh. */
  public int drawings() {
    return hasFakes() ? hardFakes + softFakes : 0;
  }

  /** Whether the passes draw and learn from drawings at all. */
  public boolean hasFakes() {
    return batch.hard() + batch.soft() > 0;
  }
}
