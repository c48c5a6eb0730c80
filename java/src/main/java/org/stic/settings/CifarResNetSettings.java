package org.stic.settings;

import org.stic.graph.Shape;
import org.stic.model.CifarResNet;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Normalisation;

/**
 * A residual network for small images; see {@link CifarResNet}.
 *
 * @param depth layers with parameters, 6 n + 2
 * @param width channels of the first stage; the original has 16
 */
public record CifarResNetSettings(int depth, int width, Normalisation normalisation)
    implements FeedForwardNetworkSettings {
  public CifarResNetSettings {
    Requirement.atLeast("network.width", width, 1);
    Requirement.notNull("network.normalisation", normalisation);
    if (depth < 8 || depth % 6 != 2) {
      throw new ConfigurationException(
          "network.depth of a cifar-resnet must be 6 n + 2 (8, 14, 20, ...), not " + depth);
    }
  }

  @Override
  public ClassifierNetwork network(Shape image, int classes) {
    return new CifarResNet(depth, width, normalisation).network(image, classes, OTHER_LOGITS);
  }
}
