package org.stic.metrics;

/** How often the largest of a row's scores stands at the wanted class. */
public final class Accuracy {

  private Accuracy() {}

  /**
   * The fraction of rows whose largest score is at the wanted class. A row with a NaN counts as a
   * miss.
   *
   * @param scores one row of {@code classes} scores per item, row-major
   * @param wanted the wanted class of each row
   */
  public static double of(float[] scores, int classes, int[] wanted) {
    if (wanted.length == 0 || scores.length != wanted.length * classes) {
      throw new IllegalArgumentException(
          "%d scores are not %d rows of %d classes"
              .formatted(scores.length, wanted.length, classes));
    }
    int hits = 0;
    for (int row = 0; row < wanted.length; row++) {
      if (isLargest(scores, row * classes, classes, wanted[row])) {
        hits++;
      }
    }
    return (double) hits / wanted.length;
  }

  /** Ties go to the lower class, as in a scan for the first maximum. */
  private static boolean isLargest(float[] scores, int offset, int classes, int wanted) {
    float best = scores[offset + wanted];
    for (int column = 0; column < classes; column++) {
      float other = scores[offset + column];
      if (!(column < wanted ? other < best : other <= best)) {
        return false;
      }
    }
    return true;
  }
}
