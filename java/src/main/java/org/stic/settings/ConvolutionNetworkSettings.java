package org.stic.settings;

import java.util.List;
import org.stic.model.ConvolutionSettings;

/**
 * A feed-forward classifier.
 *
 * @param convolutions convolutions in order, each followed by SiLU
 */
public record ConvolutionNetworkSettings(List<ConvolutionSettings> convolutions)
    implements NetworkSettings {
  public ConvolutionNetworkSettings {
    Requirement.notNull("network.convolutions", convolutions);
    convolutions = List.copyOf(convolutions);
    Requirement.atLeast("the number of network.convolutions", convolutions.size(), 1);
  }
}
