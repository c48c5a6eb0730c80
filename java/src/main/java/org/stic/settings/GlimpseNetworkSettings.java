package org.stic.settings;

import java.util.List;
import org.stic.attention.Sight;
import org.stic.model.ConvolutionSettings;

/**
 * A classifier that looks at canvases through small windows.
 *
 * @param side points along one side of a glimpse; at most the canvas's pixels
 * @param width deviation of a window's Gaussians in units of its stride
 * @param grid windows along one side of the grid whose logits, with the whole view's, are the
 *     canvas's; 0 for the whole view alone
 * @param wholeShare share of the training images that are seen as a whole
 * @param convolutions convolutions of the network of glimpses, each followed by SiLU
 */
public record GlimpseNetworkSettings(
    int side, double width, int grid, double wholeShare, List<ConvolutionSettings> convolutions)
    implements NetworkSettings {
  public GlimpseNetworkSettings {
    Requirement.atLeast("network.side", side, Sight.LEAST_SIDE);
    Requirement.between("network.width", width, .1, 2);
    if (grid < 0 || grid > 8) {
      throw new ConfigurationException("network.grid must be from 0 to 8, not " + grid);
    }
    if (!(wholeShare >= 0 && wholeShare < 1)) {
      throw new ConfigurationException(
          "network.whole_share must be at least 0 and less than 1, not " + wholeShare);
    }
    Requirement.notNull("network.convolutions", convolutions);
    convolutions = List.copyOf(convolutions);
    Requirement.atLeast("the number of network.convolutions", convolutions.size(), 1);
  }
}
