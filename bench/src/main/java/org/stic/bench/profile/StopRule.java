package org.stic.bench.profile;

import org.stic.bench.result.Distribution;

/**
 * When enough samples were taken: at least {@code leastSamples} of them in at least {@code
 * leastSeconds}, and the median is known to {@code relativeDeviation}; or there are {@value
 * #MOST_SAMPLES}, or {@code mostSeconds} are over.
 *
 * <p>The bounds are those of nvbench. It demands the relative deviation of the samples' spread,
 * which never narrows on a machine that is not alone; here it is that of the median, which narrows
 * with the number of samples: {@code sqrt(pi / 2) s / sqrt(n) / median}, where {@code s} is the
 * standard deviation of a normal distribution with the samples' interquartile range, so that single
 * outliers do not count.
 *
 * @param leastSamples fewer are never enough
 * @param leastSeconds of measuring, the waiting between samples included
 * @param relativeDeviation of the median, such as 0.005
 * @param mostSeconds of measuring, whatever was reached
 */
public record StopRule(
    int leastSamples, double leastSeconds, double relativeDeviation, double mostSeconds) {
  /** 10 samples, 0.5 seconds, 0.5 %, 15 seconds. */
  public static final StopRule STANDARD = new StopRule(10, 0.5, 0.005, 15);

  /** More tell nothing new, and fill result files. */
  static final int MOST_SAMPLES = 2000;

  private static final double QUARTILES_IN_DEVIATIONS = 1.349;
  private static final double MEDIAN_IN_MEANS = Math.sqrt(Math.PI / 2);

  /** Whether samples that took so many seconds are enough. */
  boolean isDone(double[] samples, double seconds) {
    if (seconds >= mostSeconds || samples.length >= MOST_SAMPLES) {
      return true;
    }
    return samples.length >= leastSamples
        && seconds >= leastSeconds
        && relativeDeviation(Distribution.of(samples)) < relativeDeviation;
  }

  /** How well the median is known, as a share of it. */
  static double relativeDeviation(Distribution samples) {
    double deviation = samples.interquartileRange() / QUARTILES_IN_DEVIATIONS;
    double ofMedian = MEDIAN_IN_MEANS * deviation / Math.sqrt(samples.count());
    return ofMedian == 0 ? 0 : ofMedian / samples.median();
  }
}
