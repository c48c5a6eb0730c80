package org.stic.training;

import org.stic.graph.Shape;
import org.stic.metrics.Features;

/**
 * An independent classifier that says what images show, and in whose features sets of images are
 * compared. Its figures are only comparable with figures of the same judge. Owns its memory.
 */
public interface Judge extends AutoCloseable {

  /** Names the judge with its data and settings, for reports. */
  String name();

  /** What its figures may be called. */
  FigureNames figures();

  /** Shape of one image as it is given to the judge, [channels, height, width]. */
  Shape image();

  /** Length of its feature vectors. */
  int featureWidth();

  /** What it says about images {@code 0 .. count-1}, which lie in [-1, 1]. */
  Verdict judge(int count, Predictor.Images images);

  /**
   * The class probabilities that it gives to images, one row per image.
   *
   * @param images one after another, in [-1, 1]
   */
  default float[] probabilities(float[] images) {
    int elements = image().intElements();
    return judge(images.length / elements, Predictor.of(images, elements)).probabilities();
  }

  /**
   * The judge's answers.
   *
   * @param probabilities one row of class probabilities per image
   * @param features what it saw in each image
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Verdict(float[] probabilities, Features features) {

    /** Classes that it tells apart. */
    int classes() {
      return probabilities.length / features.count();
    }
  }

  /**
   * Names of a judge's figures. IS, FID and KID are names of figures that Inception-v3 made, with
   * the weights that the literature uses; no other judge's may be called so.
   *
   * @param score exp of the mean divergence of its answers from their mean
   * @param distance Frechet distance of its features
   * @param kernelDistance kernel distance of its features
   */
  record FigureNames(String score, String distance, String kernelDistance) {
    static final FigureNames OF_ANY_JUDGE =
        new FigureNames("classifier score", "Frechet distance", "kernel distance");

    /** Figures that bear the name of a network. */
    static FigureNames of(String network) {
      return new FigureNames(
          network + " score", network + " Frechet distance", network + " kernel distance");
    }

    /**
     * Figures of Inception-v3.
     *
     * @param isOfFid whether its weights are those of the literature
     */
    static FigureNames ofInception(boolean isOfFid) {
      String which = isOfFid ? "" : " (torchvision weights)";
      return new FigureNames("IS" + which, "FID" + which, "KID" + which);
    }
  }

  @Override
  void close();
}
