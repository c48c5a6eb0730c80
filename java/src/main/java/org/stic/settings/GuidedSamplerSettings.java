package org.stic.settings;

import java.util.ArrayList;
import java.util.List;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLoss;

/**
 * Chains that climb the class logits, guided by Gram matrices of real images.
 *
 * @param classTerm what draws the image to its classes
 * @param gram what keeps its texture real
 * @param step the approximate steps
 * @param canvas what chains start from
 * @param exact the exact steps after them
 */
public record GuidedSamplerSettings(
    ClassTerm classTerm,
    GramSettings gram,
    StepSettings step,
    CanvasSettings canvas,
    ExactSettings exact)
    implements SamplerSettings {

  /**
   * Largest product of step size and Gram weight that is stable with the quadratic loss. The safe
   * loss has no such limit that matters: with filtered and limited steps it was stable at 400.
   */
  public static final double STABLE_PRODUCT = 25;

  public GuidedSamplerSettings {
    Requirement.notNull("sampler.class_term", classTerm);
    Requirement.notNull("sampler.gram", gram);
    Requirement.notNull("sampler.step", step);
    Requirement.notNull("sampler.canvas", canvas);
    Requirement.notNull("sampler.exact", exact);
  }

  @Override
  public int steps() {
    return step.steps();
  }

  /** The same settings with another Gram term. */
  public GuidedSamplerSettings withGram(GramSettings other) {
    return new GuidedSamplerSettings(classTerm, other, step, canvas, exact);
  }

  /** The same settings with other approximate steps. */
  public GuidedSamplerSettings withStep(StepSettings other) {
    return new GuidedSamplerSettings(classTerm, gram, other, canvas, exact);
  }

  /** The same settings with another class term. */
  public GuidedSamplerSettings withClassTerm(ClassTerm other) {
    return new GuidedSamplerSettings(other, gram, step, canvas, exact);
  }

  /** The same settings with another canvas. */
  public GuidedSamplerSettings withCanvas(CanvasSettings other) {
    return new GuidedSamplerSettings(classTerm, gram, step, other, exact);
  }

  @Override
  public List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    double product = step.gramStep(gram.weight());
    if (gram.applies() && gram.loss() == GramLoss.QUADRATIC && product > STABLE_PRODUCT) {
      cautions.add(
          "the sampler's step along the Gram term is %.4g (step size times Gram weight), beyond about %.0f chains of the quadratic loss explode; lower sampler.step.size or sampler.gram.weight, or choose sampler.gram.loss = 'safe'"
              .formatted(product, STABLE_PRODUCT));
    }
    return cautions;
  }
}
