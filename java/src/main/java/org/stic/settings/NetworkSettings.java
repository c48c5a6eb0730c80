package org.stic.settings;

import java.util.List;
import org.stic.model.ConvolutionSettings;

/**
 * The classifier.
 *
 * @param convolutions convolutions in order, each followed by SiLU
 */
public record NetworkSettings(List<ConvolutionSettings> convolutions) {
  public NetworkSettings {
    Requirement.notNull("network.convolutions", convolutions);
    convolutions = List.copyOf(convolutions);
    Requirement.atLeast("the number of network.convolutions", convolutions.size(), 1);
  }
}
