package org.stic.settings;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.model.ClassifierNetwork;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;

/**
 * Convolutions and a dense layer.
 *
 * @param convolutions convolutions in order, each followed by SiLU
 */
public record ConvolutionNetworkSettings(List<ConvolutionSettings> convolutions)
    implements FeedForwardNetworkSettings {
  public ConvolutionNetworkSettings {
    Requirement.notNull("network.convolutions", convolutions);
    convolutions = List.copyOf(convolutions);
    Requirement.atLeast("the number of network.convolutions", convolutions.size(), 1);
  }

  @Override
  public ClassifierNetwork network(Shape image, int classes) {
    return ConvClassifier.of(image, classes, convolutions);
  }
}
