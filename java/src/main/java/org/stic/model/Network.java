package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A feed-forward network.
 *
 * @param input shape of one image, [channels, height, width]
 * @param layers applied in order
 */
public record Network(Shape input, List<Layer> layers) {

  public Network {
    layers = List.copyOf(layers);
  }

  /** The parameters of all layers in order. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    Shape shape = input;
    for (Layer layer : layers) {
      parameters.addAll(layer.parameters(shape));
      shape = layer.output(shape);
    }
    return parameters;
  }

  /** Shape of the last layer's output of one image. */
  public Shape output() {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.output(shape);
    }
    return shape;
  }

  /**
   * The value after each layer, so that callers can take features as well as the last output.
   *
   * @param images shape [images, channels, height, width]
   */
  public List<Tensor> apply(Tensor images, Weights weights) {
    List<Tensor> values = new ArrayList<>();
    Tensor value = images;
    for (Layer layer : layers) {
      value = layer.apply(value, weights);
      values.add(value);
    }
    return values;
  }
}
