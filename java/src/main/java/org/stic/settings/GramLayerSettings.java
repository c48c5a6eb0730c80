package org.stic.settings;

import java.util.Arrays;
import java.util.List;

/**
 * A layer whose Gram matrices are compared.
 *
 * @param name "input", which is the 4 x 4 cosine transform of the image, or the number of a feature
 *     map of the network, from 1: of a convolution, or of a residual network's first convolution
 *     and blocks
 * @param weight its share in the loss, relative to the other layers'
 */
public record GramLayerSettings(String name, double weight) {
  /** Name of the input's cosine transform. */
  public static final String INPUT = "input";

  public GramLayerSettings {
    Requirement.notNull("sampler.gram.layers.name", name);
    if (!name.equals(INPUT) && !name.matches("[1-9][0-9]{0,3}")) {
      throw new ConfigurationException(
          "sampler.gram.layers names '%s'; a layer is 'input' or the number of a feature map, from 1"
              .formatted(name));
    }
    Requirement.positive("sampler.gram.layers.weight", weight);
  }

  /** Layers of equal weight. */
  public static List<GramLayerSettings> of(String... names) {
    return Arrays.stream(names).map(name -> new GramLayerSettings(name, 1)).toList();
  }

  /** 0 for the input, else the number of the convolution. */
  public int convolution() {
    return name.equals(INPUT) ? 0 : Integer.parseInt(name);
  }
}
