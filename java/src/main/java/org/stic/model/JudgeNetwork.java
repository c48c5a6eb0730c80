package org.stic.model;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * The architecture of the judge, which says what a drawn image shows. It shares nothing with {@link
 * ConvClassifier}: 3x3 convolutions at full resolution, average pooling, LeakyReLU and a hidden
 * dense layer, so that what fools the one need not fool the other.
 */
public final class JudgeNetwork {
  /** Length of the feature vector before the last layer. */
  public static final int FEATURES = 64;

  private static final int SEEN_SIDE = 28;

  private static final UnaryFunction ACTIVATION = UnaryFunction.LEAKY_RELU;

  private final Network network;
  private final int classes;

  /**
   * Builds the network.
   *
   * @param input shape of one image, [channels, height, width], at least 8 pixels a side
   */
  public JudgeNetwork(Shape input, int classes) {
    this.classes = classes;
    this.network =
        new Network(
            input,
            List.of(
                new Layer.AveragePool(reduction(input)),
                new Layer.Convolution("convolution1", 16, 3, 1, 1),
                new Layer.Activation(ACTIVATION),
                new Layer.AveragePool(2),
                new Layer.Convolution("convolution2", 32, 3, 1, 1),
                new Layer.Activation(ACTIVATION),
                new Layer.AveragePool(2),
                new Layer.Convolution("convolution3", 64, 3, 1, 1),
                new Layer.Activation(ACTIVATION),
                new Layer.AveragePool(2),
                new Layer.Flatten(),
                new Layer.Dense("hidden", FEATURES, 0),
                new Layer.Activation(ACTIVATION),
                new Layer.Dense("output", classes, 0)));
  }

  /** Pixels a side that it sees as one: large images are seen smaller, at 28 pixels or more. */
  private static int reduction(Shape input) {
    return Math.max(1, Math.min(input.dim(1), input.dim(2)) / SEEN_SIDE);
  }

  /** Shape of one image. */
  public Shape input() {
    return network.input();
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** The parameters in order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }

  /** Logits and features of a batch of images, shape [images, channels, height, width]. */
  public Outputs apply(Tensor images, Weights weights) {
    List<Tensor> values = network.apply(images, weights);
    return new Outputs(values.getLast(), values.get(values.size() - 2));
  }

  /**
   * What the judge says about a batch.
   *
   * @param logits shape [images, classes]
   * @param features penultimate activations, shape [images, 64]
   */
  public record Outputs(Tensor logits, Tensor features) {}
}
