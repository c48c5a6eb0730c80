package org.stic.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Shape;
import org.stic.kernels.UnaryFunction;

/**
 * Wide residual networks for small images: depth 6 n + 4, three stages of n blocks with 16 k, 32 k
 * and 64 k channels, normalisation and activation before convolutions.
 *
 * <p>Source: Zagoruyko and Komodakis, "Wide residual networks", 2016.
 *
 * @param depth layers of the paper's count, such as 28
 * @param widen the factor k
 */
public record WideResNet(int depth, int widen, Layout layout, Normalisation normalisation) {
  private static final int STAGES = 3;
  private static final int BASE = 16;

  /**
   * Two ways to build a block, with the names that PyTorch implementations give to its parameters.
   */
  public enum Layout {
    /**
     * ReLU, convolutions without bias, the stride on a block's first convolution, shortcuts behind
     * the activation; 10.5 GFLOP for a 32x32 image at 28-10. Called {@code block1.layer.0.conv1},
     * {@code convShortcut}, {@code fc}, as in xternalbow's WideResNet-pytorch.
     */
    @JsonProperty("standard")
    STANDARD,
    /**
     * LeakyReLU of slope 0.2, convolutions with bias, the stride on a block's second convolution,
     * shortcuts before the activation; 11.9 GFLOP. Called {@code layer1.0.conv1}, {@code
     * shortcut.0}, {@code linear}.
     *
     * <p>Source: Grathwohl et al., "Your classifier is secretly an energy based model", 2020.
     */
    @JsonProperty("jem")
    JEM
  }

  public WideResNet {
    if (depth < 10 || depth % 6 != 4 || widen < 1) {
      throw new IllegalArgumentException(
          "a wide ResNet has a depth of 6 n + 4 (10, 16, 22, 28, ...) and a factor of at least 1,"
              + " not %d and %d".formatted(depth, widen));
    }
  }

  /**
   * The network.
   *
   * @param input shape of one image, [channels, height, width]
   * @param otherLogits logits besides the classes
   */
  public ClassifierNetwork network(Shape input, int classes, int otherLogits) {
    List<ResidualBlock> blocks = new ArrayList<>();
    int channels = BASE;
    for (int stage = 0; stage < STAGES; stage++) {
      int width = (BASE * widen) << stage;
      for (int block = 0; block < (depth - 4) / 6; block++) {
        blocks.add(block(stage, block, channels, width));
        channels = width;
      }
    }
    return new ResidualNetwork(
        input,
        new ResidualNetwork.Head(isJem() ? "linear" : "fc", classes, otherLogits),
        plain("conv1", BASE, 3, 1),
        blocks,
        new Normaliser("bn1", normalisation, channels),
        activation());
  }

  private ResidualBlock block(int stage, int number, int channels, int width) {
    String prefix = (isJem() ? "layer%d.%d." : "block%d.layer.%d.").formatted(stage + 1, number);
    int stride = stage > 0 && number == 0 ? 2 : 1;
    ConvolutionUnit first =
        new ConvolutionUnit(
            new Layer.Convolution(prefix + "conv1", width, 3, isJem() ? 1 : stride, 1),
            hasBias(),
            new Normaliser(prefix + "bn2", normalisation, width),
            activation());
    return new ResidualBlock.PreActivation(
        new Normaliser(prefix + "bn1", normalisation, channels),
        first,
        plain(prefix + "conv2", width, 3, isJem() ? stride : 1),
        stride == 1 && channels == width
            ? null
            : plain(prefix + (isJem() ? "shortcut.0" : "convShortcut"), width, 1, stride),
        !isJem(),
        activation());
  }

  private ConvolutionUnit plain(String name, int filters, int kernel, int stride) {
    return new ConvolutionUnit(
        new Layer.Convolution(name, filters, kernel, stride, kernel / 2),
        hasBias(),
        new Normaliser(name, Normalisation.NONE, filters),
        UnaryFunction.IDENTITY);
  }

  private boolean isJem() {
    return layout == Layout.JEM;
  }

  private boolean hasBias() {
    return isJem() || normalisation == Normalisation.NONE;
  }

  private UnaryFunction activation() {
    return isJem() ? UnaryFunction.LEAKY_RELU : UnaryFunction.RELU;
  }
}
