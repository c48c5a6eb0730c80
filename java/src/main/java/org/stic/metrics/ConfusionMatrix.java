package org.stic.metrics;

/**
 * Which classes are taken for which.
 *
 * @param counts {@code counts[y][k]}: images of class y that were classified as k
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConfusionMatrix(int[][] counts) {

  /**
   * Counts the first largest score of each row.
   *
   * @param scores one row of {@code classes} scores per image, row-major, finite
   * @param labels the true class of each image
   */
  public static ConfusionMatrix of(float[] scores, int classes, int[] labels) {
    Finite.require("score", scores, classes);
    Finite.requireLabels(labels, scores.length / classes, classes);
    int[][] counts = new int[classes][classes];
    for (int row = 0; row < labels.length; row++) {
      int best = 0;
      for (int column = 1; column < classes; column++) {
        if (scores[row * classes + column] > scores[row * classes + best]) {
          best = column;
        }
      }
      counts[labels[row]][best]++;
    }
    return new ConfusionMatrix(counts);
  }
}
