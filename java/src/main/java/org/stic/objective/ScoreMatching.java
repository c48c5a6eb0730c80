package org.stic.objective;

import java.util.List;
import java.util.function.UnaryOperator;
import org.stic.graph.Gradients;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Makes the gradient of a log-density with respect to the image, its score, that of the noisy data.
 * All forms have the same expectation up to a constant: the mean over pixels of {@code w (s S(x') -
 * s S_data(x'))^2} with {@code w = (s^2 + d^2) / d^2}, which counts all noises alike.
 */
public sealed interface ScoreMatching
    permits DenoisingScoreMatching, FiniteDifferenceScoreMatching, SlicedScoreMatching {

  /** The loss, a scalar; {@code logDensity} maps images to numbers, shape [images]. */
  Tensor loss(NoisyImages noisy, UnaryOperator<Tensor> logDensity);

  /**
   * Images with noise {@code x' = x + s e}.
   *
   * @param images x', shape [images, channels, height, width]
   * @param normal e, standard normal, as the images
   * @param directions other standard normal numbers, as the images
   * @param noise s, shape [images, 1]
   * @param dataDeviation d, about the deviation of the data's pixels
   */
  record NoisyImages(
      Tensor images, Tensor normal, Tensor directions, Tensor noise, float dataDeviation) {

    /** Adds noise to images. */
    public static NoisyImages of(
        Tensor clean, Tensor normal, Tensor directions, Tensor noise, float dataDeviation) {
      Tensor images = Ops.add(clean, Ops.multiply(perImage(noise), normal));
      return new NoisyImages(images, normal, directions, noise, dataDeviation);
    }

    /** s, shape [images, 1, 1, 1]. */
    Tensor deviation() {
      return perImage(noise);
    }

    /** w, shape [images, 1, 1, 1]. */
    Tensor weight() {
      float precision = 1 / (dataDeviation * dataDeviation);
      return Ops.affine(Ops.square(deviation()), precision, 1);
    }

    /** The score of a log-density at the images, as the images. */
    Tensor score(Tensor logDensity) {
      return Gradients.of(logDensity, List.of(images)).getFirst();
    }

    /** Pixels of all images. */
    long pixels() {
      return images.shape().elements();
    }

    private static Tensor perImage(Tensor noise) {
      return Ops.reshape(noise, Shape.of(noise.shape().dim(0), 1, 1, 1));
    }
  }
}
