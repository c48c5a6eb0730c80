package org.stic.bench.result;

import java.util.Arrays;

/**
 * By which factor the values of one group are larger than those of another (Hodges and Lehmann,
 * 1963): the median of all pairwise quotients, with the interval of Mann and Whitney's test, which
 * needs no assumption on the distribution of the noise.
 *
 * @param factor the estimate
 * @param low end of the interval; 0 where there are too few samples for one
 * @param high end of the interval; infinite where there are too few samples for one
 */
record ShiftEstimate(double factor, double low, double high) {
  /** Values below count as this: JMH's rounding of nothing. */
  private static final double SMALLEST = 1e-12;

  /** More samples than this are put together in equal groups of neighbours, by their medians. */
  private static final int MOST_SAMPLES = 400;

  /**
   * Estimates the factor from a to b.
   *
   * @param tail the distribution of the test
   * @param level probability that the interval misses the factor
   */
  static ShiftEstimate of(Distribution a, Distribution b, RankSumTail tail, double level) {
    double[] before = logarithms(a);
    double[] after = logarithms(b);
    double[] differences = differences(before, after);
    int n = Autocorrelation.independentSamples(before);
    int m = Autocorrelation.independentSamples(after);
    int cut = tail.cut(n, m, level);
    // The same share of the differences as of those of so many independent samples.
    int place = (int) ((long) cut * differences.length / ((long) n * m));
    boolean isOpen = cut == 0 || place == 0;
    return new ShiftEstimate(
        Math.exp(middle(differences)),
        isOpen ? 0 : Math.exp(differences[place - 1]),
        isOpen ? Double.POSITIVE_INFINITY : Math.exp(differences[differences.length - place]));
  }

  /** The same with both ends as far again from the estimate. */
  ShiftEstimate widened() {
    return new ShiftEstimate(factor, low * low / factor, high * high / factor);
  }

  private static double[] logarithms(Distribution samples) {
    double[] values = samples.values();
    int group = Math.ceilDiv(values.length, MOST_SAMPLES);
    double[] logarithms = new double[values.length / group];
    for (int place = 0; place < logarithms.length; place++) {
      double[] neighbours = Arrays.copyOfRange(values, place * group, (place + 1) * group);
      logarithms[place] = Math.log(Math.max(SMALLEST, Distribution.of(neighbours).median()));
    }
    return logarithms;
  }

  /** All b - a, ascending. */
  private static double[] differences(double[] a, double[] b) {
    double[] differences = new double[a.length * b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        differences[i * b.length + j] = b[j] - a[i];
      }
    }
    Arrays.sort(differences);
    return differences;
  }

  private static double middle(double[] ascending) {
    int half = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[half]
        : (ascending[half - 1] + ascending[half]) / 2;
  }
}
