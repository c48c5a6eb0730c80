package org.stic.settings;

import java.util.List;
import org.stic.model.NoiseRange;

/**
 * A classifier of noisy images whose logits are log-densities, with an encoder and a decoder.
 *
 * @param widths channels of the encoder's four convolutions
 * @param lowestNoise least deviation of noise on the images; clean images count as this noisy
 * @param highestNoise largest deviation of noise; drawings start from it
 * @param dataDeviation about the deviation of pixels over the data
 */
public record ScoreNetworkSettings(
    List<Integer> widths, double lowestNoise, double highestNoise, double dataDeviation)
    implements NetworkSettings {
  private static final int WIDTHS = 4;

  public ScoreNetworkSettings {
    Requirement.notNull("network.widths", widths);
    widths = List.copyOf(widths);
    if (widths.size() != WIDTHS || widths.stream().anyMatch(width -> width < 1)) {
      throw new ConfigurationException(
          "network.widths must be four numbers of at least 1, not " + widths);
    }
    Requirement.positive("network.lowest_noise", lowestNoise);
    Requirement.positive("network.highest_noise", highestNoise);
    Requirement.positive("network.data_deviation", dataDeviation);
    if (highestNoise <= lowestNoise) {
      throw new ConfigurationException(
          "network.highest_noise must be above network.lowest_noise = %s, not %s"
              .formatted(lowestNoise, highestNoise));
    }
  }

  /** The noise that the network knows. */
  public NoiseRange noise() {
    return new NoiseRange(lowestNoise, highestNoise);
  }
}
