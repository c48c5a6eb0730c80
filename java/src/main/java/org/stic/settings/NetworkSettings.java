package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The classifier's network, by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConvolutionNetworkSettings.class, name = "convolutions"),
  @JsonSubTypes.Type(value = CifarResNetSettings.class, name = "cifar-resnet"),
  @JsonSubTypes.Type(value = WideResNetSettings.class, name = "wide-resnet"),
  @JsonSubTypes.Type(value = GlimpseNetworkSettings.class, name = "glimpses"),
  @JsonSubTypes.Type(value = ScoreNetworkSettings.class, name = "score-unet")
})
public sealed interface NetworkSettings
    permits FeedForwardNetworkSettings, ScoreNetworkSettings, GlimpseNetworkSettings {}
