package org.stic.model;

import java.util.List;
import java.util.stream.IntStream;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Tells the layers of a network how noisy their images are: radial bumps of {@code log s} evenly
 * spread over the noise range, two dense layers, then for each layer's channels a factor and an
 * offset, {@code h' = h (1 + a(s)) + b(s)}.
 *
 * <p>Source of the modulation: Perez et al., "FiLM: visual reasoning with a general conditioning
 * layer", 2018.
 */
final class NoiseConditioning {
  private static final int BUMPS = 16;
  private static final int WIDTH = 64;
  private static final double DEVIATION = 0.05;

  private final NoiseRange range;
  private final Layer.Dense first = new Layer.Dense("noise1", WIDTH, 0);
  private final Layer.Dense second = new Layer.Dense("noise2", WIDTH, 0);

  /** Conditioning on noise of a range. */
  NoiseConditioning(NoiseRange range) {
    this.range = range;
  }

  /** The parameters that all layers share. */
  List<Parameter> parameters() {
    return IntStream.of(BUMPS, WIDTH)
        .mapToObj(inputs -> (inputs == BUMPS ? first : second).parameters(Shape.of(inputs)))
        .flatMap(List::stream)
        .toList();
  }

  /** The parameters of one layer of {@code channels} channels. */
  List<Parameter> parametersOf(String layer, int channels) {
    return modulation(layer, channels).parameters(Shape.of(WIDTH));
  }

  private static Layer.Dense modulation(String layer, int channels) {
    return new Layer.Dense(layer + ".noise", 2 * channels, DEVIATION);
  }

  /**
   * What all layers know of the noise.
   *
   * @param noise deviations, shape [images, 1], or [1, 1] for all images
   * @return shape [images or 1, {@value #WIDTH}]
   */
  Tensor embed(Tensor noise, Weights weights) {
    double spacing = range.logarithmicWidth() / (BUMPS - 1);
    float[] centres = new float[BUMPS];
    for (int bump = 0; bump < BUMPS; bump++) {
      centres[bump] = (float) (Math.log(range.lowest()) + bump * spacing);
    }
    Tensor distance =
        Ops.subtract(Ops.log(noise), noise.graph().constant(Shape.of(1, BUMPS), centres));
    Tensor relative = Ops.scale(distance, (float) (1 / spacing));
    Tensor bumps = Ops.exp(Ops.scale(Ops.square(relative), -0.5f));
    Tensor hidden = Ops.silu(first.apply(bumps, weights));
    return Ops.silu(second.apply(hidden, weights));
  }

  /** Modulates the channels of one layer, shape [images, channels, height, width]. */
  Tensor modulate(String layer, Tensor features, Tensor embedding, Weights weights) {
    int channels = features.shape().dim(1);
    Tensor both = modulation(layer, channels).apply(embedding, weights);
    Shape perChannel = Shape.of(both.shape().dim(0), channels, 1, 1);
    Tensor factor = Ops.reshape(Ops.slice(both, 1, 0, channels), perChannel);
    Tensor offset = Ops.reshape(Ops.slice(both, 1, channels, 2 * channels), perChannel);
    return Ops.add(Ops.multiply(features, Ops.affine(factor, 1, 1)), offset);
  }
}
