package org.stic.settings;

import org.stic.graph.Shape;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Normalisation;
import org.stic.model.WideResNet;

/**
 * A wide residual network for small images; see {@link WideResNet}.
 *
 * @param depth 6 n + 4, such as 28
 * @param widen the stages have 16, 32 and 64 times as many channels
 * @param layout "standard" or "jem"
 */
public record WideResNetSettings(
    int depth, int widen, WideResNet.Layout layout, Normalisation normalisation)
    implements FeedForwardNetworkSettings {
  public WideResNetSettings {
    Requirement.atLeast("network.widen", widen, 1);
    Requirement.notNull("network.layout", layout);
    Requirement.notNull("network.normalisation", normalisation);
    if (depth < 10 || depth % 6 != 4) {
      throw new ConfigurationException(
          "network.depth of a wide-resnet must be 6 n + 4 (10, 16, 22, 28, ...), not " + depth);
    }
  }

  @Override
  public ClassifierNetwork network(Shape image, int classes) {
    return new WideResNet(depth, widen, layout, normalisation)
        .network(image, classes, OTHER_LOGITS);
  }
}
