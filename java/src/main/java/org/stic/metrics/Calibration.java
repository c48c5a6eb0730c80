package org.stic.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a classifier is right as often as it says. The confidence of an image is its largest
 * probability. Confidences are binned into {@value #BINS} intervals of equal width, (0, 1/15] to
 * (14/15, 1].
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural networks", ICML 2017.
 *
 * @param expectedError ECE, {@code sum_b n_b / n |accuracy_b - confidence_b|}
 * @param bins the intervals from low to high, empty ones too
 */
public record Calibration(double expectedError, List<ReliabilityBin> bins) {
  /** Number of intervals. */
  public static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Measures probabilities.
   *
   * @param probabilities one row of {@code classes} per image, row-major, finite
   * @param labels the true class of each image
   */
  public static Calibration of(float[] probabilities, int classes, int[] labels) {
    Finite.require("probability", probabilities, classes);
    Finite.requireLabels(labels, probabilities.length / classes, classes);
    Sums[] sums = IntStream.range(0, BINS).mapToObj(_ -> new Sums()).toArray(Sums[]::new);
    for (int row = 0; row < labels.length; row++) {
      int predicted = largest(probabilities, row * classes, classes);
      double confidence = probabilities[row * classes + predicted];
      sums[bin(confidence)].add(confidence, predicted == labels[row]);
    }
    List<ReliabilityBin> bins =
        IntStream.range(0, BINS).mapToObj(index -> sums[index].bin(index)).toList();
    double error =
        bins.stream()
            .filter(bin -> bin.count() > 0)
            .mapToDouble(bin -> bin.count() * Math.abs(bin.accuracy() - bin.confidence()))
            .sum();
    return new Calibration(error / labels.length, bins);
  }

  /** The first of the largest. */
  private static int largest(float[] values, int start, int count) {
    int best = 0;
    for (int index = 1; index < count; index++) {
      if (values[start + index] > values[start + best]) {
        best = index;
      }
    }
    return best;
  }

  private static int bin(double confidence) {
    return Math.clamp((int) Math.ceil(confidence * BINS) - 1, 0, BINS - 1);
  }

  private static final class Sums {
    private int count;
    private int right;
    private double confidence;

    void add(double confidence, boolean isRight) {
      count++;
      right += isRight ? 1 : 0;
      this.confidence += confidence;
    }

    ReliabilityBin bin(int index) {
      return new ReliabilityBin(
          (double) index / BINS,
          (index + 1.0) / BINS,
          count,
          confidence / count,
          (double) right / count);
    }
  }
}
