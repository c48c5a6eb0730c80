package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The spatial filter of a chain's steps, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FilterSettings.None.class, name = "none"),
  @JsonSubTypes.Type(value = FilterSettings.LowPass.class, name = "low-pass")
})
public sealed interface FilterSettings {

  /** All frequencies alike. */
  record None() implements FilterSettings {}

  /**
   * The gain {@code gain / (1 + |f|^2 / cutoff^2)} of the frequency f.
   *
   * @param cutoff in cycles per image
   * @param gain of the mean
   */
  record LowPass(double cutoff, double gain) implements FilterSettings {
    public LowPass {
      Requirement.positive("sampler.step.filter.cutoff", cutoff);
      Requirement.positive("sampler.step.filter.gain", gain);
    }
  }
}
