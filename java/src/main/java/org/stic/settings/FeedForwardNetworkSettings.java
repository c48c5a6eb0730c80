package org.stic.settings;

import org.stic.graph.Shape;
import org.stic.model.ClassifierNetwork;

/** A feed-forward classifier. */
public sealed interface FeedForwardNetworkSettings extends NetworkSettings
    permits ConvolutionNetworkSettings, CifarResNetSettings, WideResNetSettings {
  /** Logits of a classifier that draws besides the classes: "fake", and a critic. */
  int OTHER_LOGITS = 2;

  /**
   * The network.
   *
   * @param image shape of one image, [channels, height, width]
   * @return a network with {@link #OTHER_LOGITS} logits more than classes
   */
  ClassifierNetwork network(Shape image, int classes);
}
