package org.stic.data;

/**
 * How the pixels of one axis become fewer or more: output i is the weighted mean of {@code
 * weights[i].length} inputs from {@code first[i]} on.
 *
 * <p>An axis that shrinks takes the mean over the area that an output pixel covers; one that grows
 * interpolates linearly between pixel centres.
 */
@SuppressWarnings("ArrayRecordComponent")
record Resampling(int[] first, float[][] weights) {

  /**
   * The part of a resized axis that a crop keeps.
   *
   * @param source input pixels
   * @param target pixels after resizing, before the crop
   * @param cropStart first of them that is kept
   * @param cropLength how many are kept
   */
  static Resampling of(int source, int target, int cropStart, int cropLength) {
    int[] first = new int[cropLength];
    float[][] weights = new float[cropLength][];
    double scale = (double) source / target;
    for (int index = 0; index < cropLength; index++) {
      if (scale >= 1) {
        cover(index, (cropStart + index) * scale, scale, source, first, weights);
      } else {
        interpolate(index, (cropStart + index + .5) * scale - .5, source, first, weights);
      }
    }
    return new Resampling(first, weights);
  }

  private static void cover(
      int index, double from, double length, int source, int[] first, float[][] weights) {
    double to = Math.min(from + length, source);
    int begin = Math.min((int) from, source - 1);
    int end = Math.clamp((int) Math.ceil(to - 1e-9), begin + 1, source);
    first[index] = begin;
    weights[index] = new float[end - begin];
    for (int place = begin; place < end; place++) {
      double covered = Math.min(to, place + 1) - Math.max(from, place);
      weights[index][place - begin] = (float) (covered / (to - from));
    }
  }

  private static void interpolate(
      int index, double centre, int source, int[] first, float[][] weights) {
    double inside = Math.clamp(centre, 0.0, source - 1.0);
    int left = (int) inside;
    float share = (float) (inside - left);
    first[index] = left;
    weights[index] = share == 0 ? new float[] {1} : new float[] {1 - share, share};
  }

  /** First input that any output needs. */
  int from() {
    return first[0];
  }

  /** One past the last input that any output needs. */
  int to() {
    int last = first.length - 1;
    return first[last] + weights[last].length;
  }
}
