package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Shape;
import org.stic.kernels.UnaryFunction;

/**
 * The residual networks for CIFAR-10: depth 6 n + 2, three stages of n blocks with 16, 32 and 64
 * channels, shortcuts without parameters. Parameters are called as in the PyTorch implementation of
 * Yerlan Idelbayev: {@code conv1.weight}, {@code layer2.0.bn1.running_mean}, {@code linear.bias}.
 *
 * <p>Source: He et al., "Deep residual learning for image recognition", 2016, section 4.2.
 *
 * @param depth layers with parameters: 20, 32, 44, 56, 110
 * @param width channels of the first stage; the others have twice and four times as many
 */
public record CifarResNet(int depth, int width, Normalisation normalisation) {
  private static final int STAGES = 3;

  public CifarResNet {
    if (depth < 8 || depth % 6 != 2 || width < 1) {
      throw new IllegalArgumentException(
          "a CIFAR ResNet has a depth of 6 n + 2 (8, 14, 20, ...) and a width of at least 1, not %d"
                  .formatted(depth)
              + " and %d".formatted(width));
    }
  }

  /**
   * The network.
   *
   * @param input shape of one image, [channels, height, width]
   * @param otherLogits logits besides the classes
   */
  public ClassifierNetwork network(Shape input, int classes, int otherLogits) {
    ConvolutionUnit stem = unit("", "1", width, 1);
    List<ResidualBlock> blocks = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < (depth - 2) / 6; block++) {
        String prefix = "layer%d.%d.".formatted(stage + 1, block);
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(
            new ResidualBlock.PostActivation(
                unit(prefix, "1", width << stage, stride), unit(prefix, "2", width << stage, 1)));
      }
    }
    return new ResidualNetwork(
        input,
        new ResidualNetwork.Head("linear", classes, otherLogits),
        stem,
        blocks,
        new Normaliser("none", Normalisation.NONE, width << (STAGES - 1)),
        UnaryFunction.IDENTITY);
  }

  private ConvolutionUnit unit(String prefix, String number, int filters, int stride) {
    return new ConvolutionUnit(
        new Layer.Convolution(prefix + "conv" + number, filters, 3, stride, 1),
        normalisation == Normalisation.NONE,
        new Normaliser(prefix + "bn" + number, normalisation, filters),
        UnaryFunction.RELU);
  }
}
