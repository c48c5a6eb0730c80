package org.stic.metrics;

/** How surprised a classifier is by the true classes. */
public final class NegativeLogLikelihood {
  private NegativeLogLikelihood() {}

  /**
   * The mean of {@code logsumexp(z) - z_y} over the rows, in nats: log K for a classifier of K
   * classes that knows nothing.
   *
   * @param logits one row of {@code classes} logits z per image, row-major, finite
   * @param labels the true class y of each image
   */
  public static double of(float[] logits, int classes, int[] labels) {
    Finite.require("logit", logits, classes);
    Finite.requireLabels(labels, logits.length / classes, classes);
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      int start = row * classes;
      sum += Probabilities.logSumExp(logits, start, classes) - logits[start + labels[row]];
    }
    return sum / labels.length;
  }
}
