package org.stic.metrics;

/** Refuses numbers that a metric would quietly turn into a wrong figure. */
final class Finite {
  private Finite() {}

  /**
   * Requires rows of finite numbers.
   *
   * @param what one number's name in the message, such as "logit"
   * @throws IllegalArgumentException that names the first number that is not finite
   */
  static void require(String what, float[] values, int width) {
    if (width < 1 || values.length == 0 || values.length % width != 0) {
      throw new IllegalArgumentException(
          "%d numbers are not one or more rows of %d".formatted(values.length, width));
    }
    for (int index = 0; index < values.length; index++) {
      if (!Float.isFinite(values[index])) {
        throw new IllegalArgumentException(
            "%s %d of image %d is %s: a figure of such numbers would say nothing"
                .formatted(what, index % width, index / width, values[index]));
      }
    }
  }

  /** Requires a label for each row, each naming a column. */
  static void requireLabels(int[] labels, int rows, int classes) {
    if (labels.length != rows) {
      throw new IllegalArgumentException(
          "%d labels do not go with %d images".formatted(labels.length, rows));
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label %d is none of %d classes".formatted(label, classes));
      }
    }
  }
}
