package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The classifier's network, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConvolutionNetworkSettings.class, name = "convolutions"),
  @JsonSubTypes.Type(value = ScoreNetworkSettings.class, name = "score-unet")
})
public sealed interface NetworkSettings permits ConvolutionNetworkSettings, ScoreNetworkSettings {}
