package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The sampler of all drawings, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GuidedSamplerSettings.class, name = "guided-langevin"),
  @JsonSubTypes.Type(value = AnnealedSamplerSettings.class, name = "annealed-langevin"),
  @JsonSubTypes.Type(value = AttentiveSamplerSettings.class, name = "attentive")
})
public sealed interface SamplerSettings
    permits GuidedSamplerSettings, AnnealedSamplerSettings, AttentiveSamplerSettings {

  /** Steps of a chain during training; each costs one gradient with respect to the image. */
  int steps();

  /** What a user should know about these settings, a sentence each; empty where all is well. */
  default List<String> cautions() {
    return List.of();
  }
}
