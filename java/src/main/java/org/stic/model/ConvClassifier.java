package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.UnaryFunction;

/**
 * The classifier that draws: convolutions without normalisation, SiLU (its gradient has gradients),
 * and a dense head with two outputs more than classes: {@code classes} logits, one for "fake", one
 * spare for a critic. Kernels of even size on stride 2 keep the gradient with respect to the image
 * free of checkerboards.
 */
public final class ConvClassifier {
  private static final double HEAD_DEVIATION = 0.02;

  private final Network body;
  private final Layer.Dense head;
  private final int classes;
  private final List<Integer> featureLayers;

  private ConvClassifier(Network body, int classes, List<Integer> featureLayers) {
    this.body = body;
    this.classes = classes;
    head = new Layer.Dense("head", classes + 2, HEAD_DEVIATION);
    this.featureLayers = List.copyOf(featureLayers);
  }

  /**
   * Builds the body.
   *
   * @param input shape of one image, [channels, height, width]
   * @param classes number of real classes
   * @param convolutions the convolutions in order, each followed by SiLU
   */
  public static ConvClassifier of(
      Shape input, int classes, List<ConvolutionSettings> convolutions) {
    List<Layer> layers = new ArrayList<>();
    List<Integer> features = new ArrayList<>();
    for (ConvolutionSettings settings : convolutions) {
      layers.add(settings.layer("convolution" + (features.size() + 1)));
      layers.add(new Layer.Activation(UnaryFunction.SILU));
      features.add(layers.size() - 1);
    }
    layers.add(new Layer.Flatten());
    return new ConvClassifier(new Network(input, layers), classes, features);
  }

  /** Shape of one image. */
  public Shape input() {
    return body.input();
  }

  /** Number of real classes K. */
  public int classes() {
    return classes;
  }

  /** Number of logits, K + 2: the classes, "fake", and a spare. */
  public int logits() {
    return classes + 2;
  }

  /** Numbers of one image that the last layer sees. */
  public int headInputs() {
    return body.output().intElements();
  }

  /** The parameters in order. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(body.parameters());
    parameters.addAll(head.parameters(body.output()));
    return parameters;
  }

  /** Shapes of the feature maps of one image, [channels, height, width] each. */
  public List<Shape> featureShapes() {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = body.input();
    for (int index = 0; index < body.layers().size(); index++) {
      shape = body.layers().get(index).output(shape);
      if (featureLayers.contains(index)) {
        shapes.add(shape);
      }
    }
    return shapes;
  }

  /** Logits and features of a batch of images, shape [images, channels, height, width]. */
  public Outputs apply(Tensor images, Weights weights) {
    return apply(images, weights, UnaryOperator.identity());
  }

  /**
   * The same with a change to what the last layer sees, such as {@link Dropout}.
   *
   * @param headInput takes and gives a tensor of shape [images, {@link #headInputs}]
   */
  public Outputs apply(Tensor images, Weights weights, UnaryOperator<Tensor> headInput) {
    List<Tensor> values = body.apply(images, weights);
    Tensor logits = head.apply(headInput.apply(values.getLast()), weights);
    return new Outputs(logits, featureLayers.stream().map(values::get).toList());
  }

  /**
   * What the classifier says about a batch.
   *
   * @param logits shape [images, classes + 2]
   * @param features activations after each convolution, [images, channels, height, width] each
   */
  public record Outputs(Tensor logits, List<Tensor> features) {}
}
