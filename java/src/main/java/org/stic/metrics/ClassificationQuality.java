package org.stic.metrics;

/**
 * How well a classifier knows labelled images.
 *
 * @param images number of images
 * @param accuracy fraction classified right
 * @param topFiveAccuracy fraction whose class is among the five largest logits; NaN with five
 *     classes or fewer
 * @param negativeLogLikelihood mean {@code -log p(y|x)} in nats
 * @param calibration expected calibration error and the bins of a reliability diagram
 * @param confusion counts of true against predicted classes
 */
public record ClassificationQuality(
    int images,
    double accuracy,
    double topFiveAccuracy,
    double negativeLogLikelihood,
    Calibration calibration,
    ConfusionMatrix confusion) {
  private static final int TOP = 5;

  /**
   * Measures logits.
   *
   * @param logits one row of {@code classes} per image, row-major
   * @param labels the true class of each image
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static ClassificationQuality of(float[] logits, int classes, int[] labels) {
    Finite.require("logit", logits, classes);
    return new ClassificationQuality(
        labels.length,
        Accuracy.of(logits, classes, labels),
        classes > TOP ? Accuracy.amongLargest(TOP, logits, classes, labels) : Double.NaN,
        NegativeLogLikelihood.of(logits, classes, labels),
        Calibration.of(Probabilities.ofLogits(logits, classes), classes, labels),
        ConfusionMatrix.of(logits, classes, labels));
  }
}
