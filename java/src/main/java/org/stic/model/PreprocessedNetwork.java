package org.stic.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/** A network behind the preprocessing of its images, which then is a part of it. */
record PreprocessedNetwork(ClassifierNetwork network, Preprocessing preprocessing)
    implements ClassifierNetwork {

  PreprocessedNetwork {
    int channels = network.input().dim(0);
    if (preprocessing.mean().size() != channels) {
      throw new IllegalArgumentException(
          "the model is of images with %d channels, not %d"
              .formatted(preprocessing.mean().size(), channels));
    }
  }

  @Override
  public Shape input() {
    return network.input();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public int logits() {
    return network.logits();
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public List<Shape> featureShapes() {
    return network.featureShapes();
  }

  @Override
  public int headInputs() {
    return network.headInputs();
  }

  @Override
  public String headName() {
    return network.headName();
  }

  @Override
  public Outputs apply(Tensor images, Weights weights) {
    return network.apply(preprocessing.apply(images), weights);
  }

  @Override
  public Outputs applyInTraining(Tensor images, Weights weights, UnaryOperator<Tensor> headInput) {
    return network.applyInTraining(preprocessing.apply(images), weights, headInput);
  }
}
