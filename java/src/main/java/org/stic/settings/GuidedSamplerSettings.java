package org.stic.settings;

import org.stic.sampler.ClassTerm;

/**
 * Chains that climb the class logits, guided by Gram matrices of real images.
 *
 * @param classTerm what draws the image to its classes
 * @param gramWeight weight lambda of the Gram loss; {@code stepSize * gramWeight} above about 25 is
 *     unstable
 * @param gramLayers how many of the first convolutions the Gram loss looks at
 * @param gramImages real training images per class behind each Gram target
 * @param stepSize step eps of the approximate sampler
 * @param temperature temperature of the approximate sampler; its noise variance is {@code 2 eps T}
 * @param steps steps of a chain during training
 * @param canvasNoise deviation of the canvas's normal noise
 * @param correctionStepSize first step size of the exact sampler, adapted from there
 * @param correctionTemperature temperature of the exact sampler
 */
public record GuidedSamplerSettings(
    ClassTerm classTerm,
    double gramWeight,
    int gramLayers,
    int gramImages,
    double stepSize,
    double temperature,
    int steps,
    CanvasKind canvas,
    double canvasNoise,
    double correctionStepSize,
    double correctionTemperature)
    implements SamplerSettings {
  public GuidedSamplerSettings {
    Requirement.notNull("sampler.class_term", classTerm);
    Requirement.between("sampler.gram_weight", gramWeight, 0, 1e6);
    Requirement.atLeast("sampler.gram_layers", gramLayers, 0);
    Requirement.atLeast("sampler.gram_images", gramImages, 1);
    Requirement.positive("sampler.step_size", stepSize);
    Requirement.between("sampler.temperature", temperature, 0, 1e6);
    Requirement.atLeast("sampler.steps", steps, 1);
    Requirement.notNull("sampler.canvas", canvas);
    Requirement.between("sampler.canvas_noise", canvasNoise, 0, 2);
    Requirement.positive("sampler.correction_step_size", correctionStepSize);
    Requirement.positive("sampler.correction_temperature", correctionTemperature);
  }
}
