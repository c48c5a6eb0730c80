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
    return amongLargest(1, scores, classes, wanted);
  }

  /**
   * The fraction of rows whose wanted class is among the {@code most} largest scores: top-5
   * accuracy for 5. A row with a NaN counts as a miss.
   */
  public static double amongLargest(int most, float[] scores, int classes, int[] wanted) {
    if (wanted.length == 0 || scores.length != wanted.length * classes) {
      throw new IllegalArgumentException(
          "%d scores are not %d rows of %d classes"
              .formatted(scores.length, wanted.length, classes));
    }
    int hits = 0;
    for (int row = 0; row < wanted.length; row++) {
      if (rank(scores, row * classes, classes, wanted[row]) < most) {
        hits++;
      }
    }
    return (double) hits / wanted.length;
  }

  /**
   * Which rows have their largest score at the wanted class.
   *
   * @throws IllegalArgumentException if a score is not finite
   */
  public static boolean[] hits(float[] scores, int classes, int[] wanted) {
    Finite.require("score", scores, classes);
    Finite.requireLabels(wanted, scores.length / classes, classes);
    boolean[] hits = new boolean[wanted.length];
    for (int row = 0; row < hits.length; row++) {
      hits[row] = rank(scores, row * classes, classes, wanted[row]) == 0;
    }
    return hits;
  }

  /** Classes before the wanted one; ties go to the lower class, as in a scan for the maximum. */
  private static int rank(float[] scores, int offset, int classes, int wanted) {
    float own = scores[offset + wanted];
    int before = 0;
    for (int column = 0; column < classes; column++) {
      float other = scores[offset + column];
      if (Float.isNaN(other)) {
        return classes;
      }
      if (column < wanted ? other >= own : other > own) {
        before++;
      }
    }
    return before;
  }
}
