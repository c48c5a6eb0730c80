package org.stic.metrics;

/** How sure a classifier is of what it says. */
public final class Confidence {
  private Confidence() {}

  /**
   * The largest probability of each row, {@code max_k exp(z_k - logsumexp z)}.
   *
   * @param logits one row of {@code classes} logits z per image, row-major, finite
   */
  public static double[] ofLogits(float[] logits, int classes) {
    Finite.require("logit", logits, classes);
    double[] confidences = new double[logits.length / classes];
    for (int row = 0; row < confidences.length; row++) {
      int start = row * classes;
      double largest = Double.NEGATIVE_INFINITY;
      for (int index = start; index < start + classes; index++) {
        largest = Math.max(largest, logits[index]);
      }
      confidences[row] = Math.exp(largest - Probabilities.logSumExp(logits, start, classes));
    }
    return confidences;
  }
}
