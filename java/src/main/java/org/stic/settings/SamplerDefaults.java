package org.stic.settings;

import java.util.List;
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

  /** A blank canvas and the class's mean texture: enough for grey digits and the like. */
  static GuidedSamplerSettings forGrey(ClassTerm classTerm) {
    return new GuidedSamplerSettings(
        classTerm,
        new GramSettings(
            GRAM_WEIGHT,
            GramLayerSettings.of("1", "2"),
            new GramTargetSettings.ClassMean(100),
            GramLoss.QUADRATIC),
        StepSettings.Langevin.plain(40, STEP_SIZE, TEMPERATURE),
        new CanvasSettings.Constant(-1, .3),
        EXACT);
  }

  /** A canvas with the class's layout, one image's texture, and steps that stay smooth. */
  static GuidedSamplerSettings forColour(ClassTerm classTerm) {
    return new GuidedSamplerSettings(
        classTerm,
        new GramSettings(
            GRAM_WEIGHT,
            GramLayerSettings.of(GramLayerSettings.INPUT, "1", "2"),
            new GramTargetSettings.OneImage(),
            GramLoss.SAFE),
        new StepSettings.Langevin(
            25, STEP_SIZE, TEMPERATURE, new FilterSettings.LowPass(6, 1.5), .05, 1),
        new CanvasSettings.ClassGaussian(.1),
        EXACT);
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
