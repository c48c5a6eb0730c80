package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The approximate steps of a chain, by their rule. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepSettings.Langevin.class, name = "langevin"),
  @JsonSubTypes.Type(value = StepSettings.Ppgn.class, name = "ppgn")
})
public sealed interface StepSettings {

  /** Steps of a chain during training. */
  int steps();

  /** Step along the gradient of the Gram loss, given the Gram term's weight lambda. */
  double gramStep(double gramWeight);

  /**
   * Short-run Langevin steps.
   *
   * @param steps during training
   * @param size eps
   * @param temperature T; the noise's variance is {@code 2 eps T}
   * @param filter of the steps by spatial frequency
   * @param updateCap largest root-mean-square change of an image in one step; 0 for no limit
   * @param jitter pixels by which images are shifted at random while a gradient is taken
   */
  record Langevin(
      int steps,
      double size,
      double temperature,
      FilterSettings filter,
      double updateCap,
      int jitter)
      implements StepSettings {
    public Langevin {
      Requirement.atLeast("sampler.step.steps", steps, 1);
      Requirement.positive("sampler.step.size", size);
      Requirement.between("sampler.step.temperature", temperature, 0, 1e6);
      Requirement.notNull("sampler.step.filter", filter);
      Requirement.between("sampler.step.update_cap", updateCap, 0, 2);
      Requirement.between("sampler.step.jitter", jitter, 0, 16);
    }

    /** Plain steps: no filter, no limit, no jitter. */
    public static Langevin plain(int steps, double size, double temperature) {
      return new Langevin(steps, size, temperature, new FilterSettings.None(), 0, 0);
    }

    @Override
    public double gramStep(double gramWeight) {
      return size * gramWeight;
    }
  }

  /**
   * MALA-approx of plug-and-play generative networks, with three free weights; the Gram term's
   * weight lambda plays no part.
   *
   * @param steps during training
   * @param priorWeight step along minus the gradient of the Gram loss
   * @param classWeight step along the gradient of the class term
   * @param noise deviation of the noise
   */
  record Ppgn(int steps, double priorWeight, double classWeight, double noise)
      implements StepSettings {
    public Ppgn {
      Requirement.atLeast("sampler.step.steps", steps, 1);
      Requirement.between("sampler.step.prior_weight", priorWeight, 0, 1e6);
      Requirement.between("sampler.step.class_weight", classWeight, 0, 1e6);
      Requirement.between("sampler.step.noise", noise, 0, 2);
    }

    @Override
    public double gramStep(double gramWeight) {
      return priorWeight;
    }
  }
}
