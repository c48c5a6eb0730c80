package org.stic.model;

import java.util.ArrayList;
import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A classifier of noisy images whose logits are log-densities, so that their gradients with respect
 * to the image are scores of the noisy data:
 *
 * <pre>
 *   log p_s(x, k) = z_k(x, s) = c(x, s) + n_k(x, s),      u = x / sqrt(s^2 + d^2),
 *   c = -|x|^2 / (2 (s^2 + d^2)) + (d / s) &lt;u, f(u, s)&gt;,   n_k = (d / s) head_k(u, s).
 * </pre>
 *
 * An encoder of convolutions ends in the head; a decoder on its features makes the image f. What
 * the classes share cannot change the answer softmax(n), and the factors keep gradients with
 * respect to u of unit size at every noise s; d is the deviation of the data. All layers know s.
 *
 * <p>Sources: Grathwohl et al., "Your classifier is secretly an energy based model", 2020 (the
 * joint density); Karras et al., "Elucidating the design space of diffusion-based generative
 * models", 2022 (the factors); Ronneberger et al., "U-Net", 2015.
 */
public final class ScoreNetwork {
  private static final double HEAD_DEVIATION = 0.02;

  private final Shape image;
  private final int classes;
  private final double dataDeviation;
  private final NoiseConditioning conditioning;
  private final UnetLayers layers;

  /**
   * Builds the network.
   *
   * @param image shape of one image, [channels, height, width]; height and width divide by 4
   * @param classes number of real classes K
   * @param widths channels of the four convolutions of the encoder
   * @param dataDeviation d, about the deviation of pixels over the data
   */
  public ScoreNetwork(
      Shape image, int classes, List<Integer> widths, NoiseRange noise, double dataDeviation) {
    this.image = image;
    this.classes = classes;
    this.dataDeviation = dataDeviation;
    conditioning = new NoiseConditioning(noise);
    layers = new UnetLayers(image, widths, classes + 1, HEAD_DEVIATION);
  }

  /** Shape of one image. */
  public Shape input() {
    return image;
  }

  /** Number of real classes K. */
  public int classes() {
    return classes;
  }

  /** The parameters in order. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(conditioning.parameters());
    parameters.addAll(layers.parameters(conditioning));
    return parameters;
  }

  /**
   * Adds the nodes of all outputs; those that nothing uses cost nothing.
   *
   * @param images noisy images, shape [images, channels, height, width]
   * @param noise deviation of each image's noise, shape [images, 1], or [1, 1] for all
   */
  public Outputs apply(Tensor images, Tensor noise, Weights weights) {
    int count = images.shape().dim(0);
    Shape perImage = Shape.of(noise.shape().dim(0), 1, 1, 1);
    Tensor variance = Ops.affine(Ops.square(noise), 1, (float) (dataDeviation * dataDeviation));
    Tensor scaled = Ops.divide(images, Ops.reshape(Ops.sqrt(variance), perImage));
    UnetLayers.Outputs unet =
        layers.apply(scaled, conditioning, conditioning.embed(noise, weights), weights);
    Tensor factor = Ops.scale(Ops.reciprocal(noise), (float) dataDeviation);
    Tensor product = Ops.multiply(factor, perRow(Ops.multiply(scaled, unet.image()), count));
    Tensor squares = perRow(Ops.square(images), count);
    Tensor gaussian = Ops.scale(Ops.divide(squares, variance), -0.5f);
    return new Outputs(
        Ops.multiply(factor, unet.head()),
        Ops.reshape(Ops.add(gaussian, product), Shape.of(count)),
        unet.features());
  }

  private static Tensor perRow(Tensor images, int count) {
    return Ops.reshape(Ops.sum(images, 1, 2, 3), Shape.of(count, 1));
  }

  /**
   * What the network says about a batch.
   *
   * @param logits n, shape [images, K + 1]: the classes, then "fake"
   * @param shared c, shape [images]
   * @param features activations of the first two convolutions, [images, channels, height, width]
   *     each
   */
  public record Outputs(Tensor logits, Tensor shared, List<Tensor> features) {

    /** {@code log p_s(x, w) = c + sum_k w_k n_k}, shape [images]; weights [images, K]. */
    public Tensor logDensity(Tensor classWeights) {
      Tensor classLogits = Ops.slice(logits, 1, 0, classWeights.shape().dim(1));
      return Ops.add(shared, Ops.sum(Ops.multiply(classWeights, classLogits), 1));
    }
  }
}
