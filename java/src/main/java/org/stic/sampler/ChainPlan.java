package org.stic.sampler;

/**
 * The steps of a chain: first approximate ones that find the picture, then exact ones that correct
 * it.
 *
 * @param steps approximate steps
 * @param correctionSteps exact steps, 0 for none
 * @param correctionStepSize first step size of the exact steps; adapted over their first half
 * @param correctionTemperature their temperature
 * @param preconditioning what their proposals are scaled by
 */
public record ChainPlan(
    int steps,
    int correctionSteps,
    float correctionStepSize,
    float correctionTemperature,
    Preconditioning preconditioning) {

  public ChainPlan {
    if (steps < 0 || correctionSteps < 0 || steps + correctionSteps < 1) {
      throw new IllegalArgumentException(
          "a chain needs at least one step, not %d approximate and %d exact ones"
              .formatted(steps, correctionSteps));
    }
  }

  /** The first half of the exact steps, which adapt the step size. */
  public int warmUpSteps() {
    return correctionSteps / 2;
  }

  /** The first half of the warm-up, which the preconditioner is estimated from, if there is one. */
  int observedSteps() {
    return preconditioning == Preconditioning.IDENTITY ? 0 : warmUpSteps() / 2;
  }

  /** All steps of a chain. */
  public int totalSteps() {
    return steps + correctionSteps;
  }
}
