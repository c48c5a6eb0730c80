package org.stic.bench.profile;

import java.util.Arrays;

/** The samples of one span while they are taken. */
final class Series {
  private static final int CHECKS_PER_DOUBLING = 8;

  private double[] samples = new double[16];
  private int count;
  private long discarded;
  private int nextCheck;
  private boolean done;

  /** Adds a sample, or counts it as one that does not count. */
  void add(double seconds, boolean counts) {
    if (!counts) {
      discarded++;
      return;
    }
    if (count == samples.length) {
      samples = Arrays.copyOf(samples, 2 * count);
    }
    samples[count++] = seconds;
  }

  /**
   * Whether the rule is content after so many seconds. It is asked less often the more samples
   * there are, since it sorts them all.
   */
  boolean isDone(StopRule rule, double seconds) {
    if (seconds >= rule.mostSeconds() || (!done && count >= nextCheck)) {
      nextCheck = count + 1 + count / CHECKS_PER_DOUBLING;
      done = rule.isDone(samples(), seconds);
    }
    return done;
  }

  double[] samples() {
    return Arrays.copyOf(samples, count);
  }

  long discarded() {
    return discarded;
  }
}
