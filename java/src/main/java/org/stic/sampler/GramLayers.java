package org.stic.sampler;

import java.util.List;
import org.stic.graph.ImageOps;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ClassifierNetwork;

/**
 * The feature maps whose Gram matrices a drawing is compared by.
 *
 * @param classifier whose convolutions are looked at
 * @param input the input's maps; null where no layer is the input
 * @param layers at most one entry a layer
 */
public record GramLayers(ClassifierNetwork classifier, BlockCosine input, List<Layer> layers) {

  /**
   * One layer.
   *
   * @param convolution 0 for the input's cosine transform, else the number of a convolution, from 1
   * @param weight its share in the loss, relative to the other layers'
   */
  public record Layer(int convolution, double weight) {}

  public GramLayers {
    layers = List.copyOf(layers);
  }

  /** Number of layers. */
  int count() {
    return layers.size();
  }

  /** The part of the loss that is a layer's; all parts sum to 1. */
  float share(int layer) {
    double sum = layers.stream().mapToDouble(Layer::weight).sum();
    return (float) (layers.get(layer).weight() / sum);
  }

  /** Channels of a layer, the side of its Gram matrix. */
  int channels(int layer) {
    int convolution = layers.get(layer).convolution();
    return convolution == 0 ? input.maps() : classifier.featureShapes().get(convolution - 1).dim(0);
  }

  /**
   * Gram matrices {@code F F^T / positions} of each layer.
   *
   * @param images shape [N, channels, height, width]
   * @param outputs the classifier's for these images
   * @return shape [N, C, C] each
   */
  public List<Tensor> of(Tensor images, ClassifierNetwork.Outputs outputs) {
    return layers.stream()
        .map(
            layer ->
                layer.convolution() == 0
                    ? input.of(images)
                    : outputs.features().get(layer.convolution() - 1))
        .map(GramLayers::gram)
        .toList();
  }

  private static Tensor gram(Tensor features) {
    Shape shape = features.shape();
    return ImageOps.gram(features, 1f / (shape.dim(2) * shape.dim(3)));
  }
}
