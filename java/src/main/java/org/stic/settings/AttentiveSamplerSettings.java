package org.stic.settings;

import java.util.List;
import org.stic.sampler.ClassTerm;

/**
 * Chains that climb the class logits of glimpses, window by window, guided by Gram matrices of
 * glimpses of real images.
 *
 * @param windows the drawing steps
 * @param classTerm what draws a glimpse to its classes
 * @param gram what keeps its texture real
 * @param step the approximate steps, all windows' together
 * @param canvas what drawings begin with
 * @param exact the exact steps after the last window's
 */
public record AttentiveSamplerSettings(
    WindowSettings windows,
    ClassTerm classTerm,
    GramSettings gram,
    StepSettings step,
    CanvasSettings canvas,
    ExactSettings exact)
    implements SamplerSettings {

  public AttentiveSamplerSettings {
    Requirement.notNull("sampler.windows", windows);
    var _ = new GuidedSamplerSettings(classTerm, gram, step, canvas, exact);
    if (!(gram.target() instanceof GramTargetSettings.OneImage)) {
      throw new ConfigurationException(
          "sampler.kind 'attentive' compares a window with the same window of one real image:"
              + " sampler.gram.target.kind must be 'one-image'");
    }
    Requirement.atLeast("sampler.step.steps, one for each window,", step.steps(), windows.draws());
  }

  /** Chains of the same kind in windows of a kind. */
  public static AttentiveSamplerSettings of(WindowSettings windows, GuidedSamplerSettings chain) {
    return new AttentiveSamplerSettings(
        windows, chain.classTerm(), chain.gram(), chain.step(), chain.canvas(), chain.exact());
  }

  /** The chain of a window, without the window. */
  public GuidedSamplerSettings chain() {
    return new GuidedSamplerSettings(classTerm, gram, step, canvas, exact);
  }

  /** The same settings with other windows. */
  public AttentiveSamplerSettings withWindows(WindowSettings other) {
    return new AttentiveSamplerSettings(other, classTerm, gram, step, canvas, exact);
  }

  @Override
  public int steps() {
    return step.steps();
  }

  @Override
  public List<String> cautions() {
    return chain().cautions();
  }
}
