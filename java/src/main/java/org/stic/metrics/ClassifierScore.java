package org.stic.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Classifier score {@code exp(mean_i KL(p(y|x_i) || mean_j p(y|x_j)))}: between 1 (every image
 * looks the same to the judge) and the number of classes (every image is certain and all classes
 * are equally frequent). With Inception-v3 as the judge it is the Inception score; with any other
 * judge it must be named after that judge.
 *
 * <p>Source: Salimans et al., "Improved techniques for training GANs", NeurIPS 2016.
 */
public final class ClassifierScore {

  private ClassifierScore() {}

  /**
   * The score of a set of images.
   *
   * @param probabilities the judge's class probabilities, one row of {@code classes} per image,
   *     row-major
   */
  public static double of(float[] probabilities, int classes) {
    Finite.require("probability", probabilities, classes);
    double[] marginal = marginal(probabilities, classes);
    double divergence = 0;
    for (int index = 0; index < probabilities.length; index++) {
      double p = probabilities[index];
      if (p != 0) {
        divergence += p * Math.log(p / marginal[index % classes]);
      }
    }
    int images = probabilities.length / classes;
    return Math.exp(divergence / images);
  }

  /**
   * The scores of equal parts of the set, in order; images over are left out. The literature gives
   * mean and deviation over ten parts.
   *
   * @param splits no more than there are images
   */
  public static MeanAndDeviation ofSplits(float[] probabilities, int classes, int splits) {
    int images = probabilities.length / classes / splits;
    if (images < 1) {
      throw new IllegalArgumentException(
          "%d images cannot be cut into %d parts"
              .formatted(probabilities.length / classes, splits));
    }
    int length = images * classes;
    return MeanAndDeviation.of(
        IntStream.range(0, splits)
            .map(split -> split * length)
            .mapToObj(start -> Arrays.copyOfRange(probabilities, start, start + length))
            .map(part -> of(part, classes))
            .toList());
  }

  private static double[] marginal(float[] probabilities, int classes) {
    double[] marginal = new double[classes];
    double share = (double) classes / probabilities.length;
    for (int index = 0; index < probabilities.length; index++) {
      marginal[index % classes] += share * probabilities[index];
    }
    return marginal;
  }
}
