package org.stic.metrics;

/** Logits as probabilities, row by row, in double precision. */
final class Probabilities {
  private Probabilities() {}

  /** {@code exp(z - logsumexp z)} of each row of {@code classes} logits. */
  static float[] ofLogits(float[] logits, int classes) {
    float[] probabilities = new float[logits.length];
    for (int start = 0; start < logits.length; start += classes) {
      double normaliser = logSumExp(logits, start, classes);
      for (int index = start; index < start + classes; index++) {
        probabilities[index] = (float) Math.exp(logits[index] - normaliser);
      }
    }
    return probabilities;
  }

  /** {@code log sum_k exp z_k} of the row that begins at {@code start}, without overflow. */
  static double logSumExp(float[] logits, int start, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int index = start; index < start + classes; index++) {
      largest = Math.max(largest, logits[index]);
    }
    double sum = 0;
    for (int index = start; index < start + classes; index++) {
      sum += Math.exp(logits[index] - largest);
    }
    return largest + Math.log(sum);
  }
}
