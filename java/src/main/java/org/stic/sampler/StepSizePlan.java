package org.stic.sampler;

/**
 * How the exact sampler finds its step size: {@code log eps += (1 + t)^-exponent (mean acceptance -
 * target)} for the first {@code warmUp} steps t; then the step size is frozen, as it must be while
 * samples count.
 *
 * @param first step size to begin with
 * @param target wanted mean acceptance
 * @param exponent how fast the adaptation settles
 * @param warmUp steps that adapt; 0 keeps {@code first}
 */
public record StepSizePlan(float first, float target, float exponent, int warmUp) {
  /** Optimal acceptance of MALA in high dimension (Roberts and Rosenthal, 1998). */
  public static final float MALA_TARGET = 0.574f;

  private static final float EXPONENT = 0.3f;

  /** Adaptation to {@link #MALA_TARGET}. */
  public static StepSizePlan adaptive(float first, int warmUp) {
    return new StepSizePlan(first, MALA_TARGET, EXPONENT, warmUp);
  }

  /** A step size that never changes. */
  public static StepSizePlan fixed(float value) {
    return new StepSizePlan(value, MALA_TARGET, EXPONENT, 0);
  }
}
