package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
public final class ConvClassifier implements ClassifierNetwork {
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

  @Override
  public Shape input() {
    return body.input();
  }

  @Override
  public int classes() {
    return classes;
  }

  /** K + 2: the classes, "fake", and a spare. */
  @Override
  public int logits() {
    return classes + 2;
  }

  @Override
  public int headInputs() {
    return body.output().intElements();
  }

  @Override
  public String headName() {
    return head.name();
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(body.parameters());
    parameters.addAll(head.parameters(body.output()));
    return parameters;
  }

  @Override
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

  @Override
  public Outputs apply(Tensor images, Weights weights) {
    return applyInTraining(images, weights, UnaryOperator.identity());
  }

  @Override
  public Outputs applyInTraining(Tensor images, Weights weights, UnaryOperator<Tensor> headInput) {
    List<Tensor> values = body.apply(images, weights);
    Tensor pooled = headInput.apply(values.getLast());
    Tensor logits = head.apply(pooled, weights);
    return new Outputs(logits, featureLayers.stream().map(values::get).toList(), pooled, Map.of());
  }
}
