package org.stic.model;

import java.util.List;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * What a published network expects of its images: {@code (p - mean) / deviation} for each channel
 * of pixels p in [0, 1]. Images here are in [-1, 1].
 *
 * @param mean one for each channel
 * @param deviation one for each channel
 */
public record Preprocessing(List<Double> mean, List<Double> deviation) {

  public Preprocessing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "%d means and %d deviations".formatted(mean.size(), deviation.size()));
    }
  }

  /** Images in [-1, 1], shape [images, channels, height, width], as the network expects them. */
  public Tensor apply(Tensor images) {
    int channels = mean.size();
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      scale[channel] = (float) (0.5 / deviation.get(channel));
      shift[channel] = (float) ((0.5 - mean.get(channel)) / deviation.get(channel));
    }
    Graph graph = images.graph();
    Shape shape = Shape.of(channels);
    return ImageOps.planeAffine(
        images, constant(graph, shape, scale), constant(graph, shape, shift));
  }

  private static Tensor constant(Graph graph, Shape shape, float[] values) {
    return graph.constant(shape, values);
  }
}
