package org.stic.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.stic.sampler.GramLoss;

/**
 * The Gram term: the texture of a drawing is kept near that of real images.
 *
 * @param weight lambda
 * @param layers where it looks
 * @param target what it draws to
 * @param loss how distances count
 */
public record GramSettings(
    double weight, List<GramLayerSettings> layers, GramTargetSettings target, GramLoss loss) {
  public GramSettings {
    Requirement.between("sampler.gram.weight", weight, 0, 1e6);
    Requirement.notNull("sampler.gram.layers", layers);
    layers = List.copyOf(layers);
    Requirement.notNull("sampler.gram.target", target);
    Requirement.notNull("sampler.gram.loss", loss);
    requireDifferent(layers);
  }

  private static void requireDifferent(List<GramLayerSettings> layers) {
    Set<String> names = new HashSet<>();
    for (GramLayerSettings layer : layers) {
      if (!names.add(layer.name())) {
        throw new ConfigurationException(
            "sampler.gram.layers names layer '%s' twice; name each once".formatted(layer.name()));
      }
    }
  }

  /** Whether there is a Gram term at all. */
  public boolean applies() {
    return weight > 0 && !layers.isEmpty();
  }

  /** The same settings with another weight. */
  public GramSettings withWeight(double other) {
    return new GramSettings(other, layers, target, loss);
  }

  /** The same settings on other layers. */
  public GramSettings withLayers(List<GramLayerSettings> others) {
    return new GramSettings(weight, others, target, loss);
  }

  /** The same settings with another target. */
  public GramSettings withTarget(GramTargetSettings other) {
    return new GramSettings(weight, layers, other, loss);
  }
}
