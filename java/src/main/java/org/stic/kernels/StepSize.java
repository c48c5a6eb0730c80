package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.List;

/** Adaptation of the Langevin step on the device; kernels/sampler/adapt_step_size.cu. */
public final class StepSize {

  private StepSize() {}

  /**
   * Robbins-Monro: {@code ln eps += (1 + t)^-gainExponent (mean of acceptance - target)} while the
   * step t = counter[0] is below {@code frozenAfter}; later eps stays, so that the samples come
   * from one kernel.
   *
   * @param stepSize float [1] on the device, changed in place: eps
   * @param acceptance floats [chains]: acceptance probabilities
   * @param counter unsigned int [1] on the device: t
   * @param target the mean acceptance aimed at, 0.574 for Langevin chains (Roberts and Rosenthal
   *     1998)
   * @param gainExponent how fast the gain falls, at least 0
   * @param frozenAfter number of steps that adapt, as an unsigned int
   */
  public static KernelCall adapt(
      long stepSize,
      long acceptance,
      long counter,
      int chains,
      float target,
      float gainExponent,
      int frozenAfter) {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException(
          "target acceptance must be between 0 and 1, not " + target);
    }
    if (!(gainExponent >= 0)) {
      throw new IllegalArgumentException(
          "gain exponent must not be negative, but is " + gainExponent);
    }
    return new KernelCall(
        "adapt_step_size",
        1,
        1,
        1,
        List.of(
            pointer(stepSize),
            pointer(acceptance),
            pointer(counter),
            integer(Sizes.positive("chains", chains)),
            real(target),
            real(gainExponent),
            integer(frozenAfter)),
        Cost.ofFloats(chains, chains));
  }

  static List<KernelDescription> kernels() {
    return List.of(
        new KernelDescription(
            "adapt_step_size",
            "sampler",
            "ln eps += (1 + t)^-k (mean acceptance - target) while t < N",
            "4 chains B, chains",
            Tolerance::ofSum));
  }
}
