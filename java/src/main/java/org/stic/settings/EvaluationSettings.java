package org.stic.settings;

/**
 * What is measured after each pass.
 *
 * @param samples drawings, spread evenly over the classes
 * @param steps steps of the approximate sampler
 * @param correctionSteps steps of the exact sampler after them, which give the acceptance
 */
public record EvaluationSettings(int samples, int steps, int correctionSteps) {
  public EvaluationSettings {
    Requirement.atLeast("evaluation.samples", samples, 2);
    Requirement.atLeast("evaluation.steps", steps, 1);
    Requirement.atLeast("evaluation.correction_steps", correctionSteps, 0);
  }
}
