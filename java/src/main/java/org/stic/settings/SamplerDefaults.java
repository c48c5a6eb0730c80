package org.stic.settings;

import java.util.List;
import org.stic.attention.WindowChoice;
import org.stic.sampler.ClassTerm;
import org.stic.sampler.GramLoss;
import org.stic.sampler.Preconditioning;

/** The samplers that presets start from. */
final class SamplerDefaults {
  private static final double GRAM_WEIGHT = 20;
  private static final double STEP_SIZE = 1;
  private static final double TEMPERATURE = 1e-4;
  private static final ExactSettings EXACT =
      new ExactSettings(1e-3, 1e-3, Preconditioning.IDENTITY);

  private SamplerDefaults() {}

  /** A blank canvas; one image's texture, and steps that stay smooth. */
  static GuidedSamplerSettings forGrey(ClassTerm classTerm) {
    return textured(classTerm, 40, 0, new CanvasSettings.Constant(-1, .3));
  }

  /** As {@link #forGrey}, from a canvas with the class's layout. */
  static GuidedSamplerSettings forGreyWithLayout(ClassTerm classTerm) {
    return textured(classTerm, 40, 0, new CanvasSettings.ClassGaussian(.1));
  }

  /** A canvas with the class's layout; one image's texture, and steps that stay smooth. */
  static GuidedSamplerSettings forColour(ClassTerm classTerm) {
    return textured(classTerm, 25, 1, new CanvasSettings.ClassGaussian(.1));
  }

  private static GuidedSamplerSettings textured(
      ClassTerm classTerm, int steps, int jitter, CanvasSettings canvas) {
    return new GuidedSamplerSettings(
        classTerm,
        new GramSettings(
            GRAM_WEIGHT,
            GramLayerSettings.of(GramLayerSettings.INPUT, "1", "2"),
            new GramTargetSettings.OneImage(),
            GramLoss.SAFE),
        new StepSettings.Langevin(
            steps, STEP_SIZE, TEMPERATURE, new FilterSettings.LowPass(6, 1.5), .05, jitter),
        canvas,
        EXACT);
  }

  /**
   * Windows over a blank canvas, with the chains of {@link #forGrey}; the noise that those begin
   * with is the first window's, so that no pixel between its points keeps any.
   */
  static AttentiveSamplerSettings forGlimpses(ClassTerm classTerm, boolean colour) {
    GuidedSamplerSettings chain = colour ? forColour(classTerm) : forGrey(classTerm);
    CanvasSettings canvas =
        colour ? new CanvasSettings.ClassGaussian(0) : new CanvasSettings.Constant(-1, 0);
    return AttentiveSamplerSettings.of(
        new WindowSettings(4, WindowChoice.SALIENCY, 1, colour ? .1 : .3),
        chain.withCanvas(canvas));
  }

  /** Plain Langevin steps from a blank canvas without a Gram term. */
  static GuidedSamplerSettings plain(
      ClassTerm classTerm, double temperature, int steps, boolean colour) {
    return new GuidedSamplerSettings(
        classTerm,
        new GramSettings(0, List.of(), new GramTargetSettings.ClassMean(1), GramLoss.QUADRATIC),
        StepSettings.Langevin.plain(steps, STEP_SIZE, temperature),
        colour ? new CanvasSettings.Mean(.3) : new CanvasSettings.Constant(-1, .3),
        EXACT);
  }
}
