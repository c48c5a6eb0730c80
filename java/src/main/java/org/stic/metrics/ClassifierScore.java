package org.stic.metrics;

/**
 * Classifier score {@code exp(mean_i KL(p(y|x_i) || mean_j p(y|x_j)))}: between 1 (every image
 * looks the same to the judge) and the number of classes (every image is certain and all classes
 * are equally frequent). With Inception-v3 as the judge it is the Inception score; with any other
 * judge it must be named after that judge.
 *
 * <p>Source: Salimans et al., "Improved techniques for training GANs", NeurIPS 2016, with one
 * split.
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
    if (classes < 1 || probabilities.length == 0 || probabilities.length % classes != 0) {
      throw new IllegalArgumentException(
          "%d probabilities are not rows of %d classes".formatted(probabilities.length, classes));
    }
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

  private static double[] marginal(float[] probabilities, int classes) {
    double[] marginal = new double[classes];
    double share = (double) classes / probabilities.length;
    for (int index = 0; index < probabilities.length; index++) {
      marginal[index % classes] += share * probabilities[index];
    }
    return marginal;
  }
}
