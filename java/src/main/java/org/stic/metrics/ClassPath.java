package org.stic.metrics;

import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How a way from one class to another looks to a judge. With t_j the wanted share of the second
 * class, equally spaced from 0 to 1, and q_j the share that the judge gives it of both classes'
 * probability:
 *
 * @param rankCorrelation Spearman's correlation of q and t; 1 where q never falls; 0 where q never
 *     changes
 * @param monotoneSteps fraction of steps in which q falls by no more than {@value #SLACK}
 * @param deviation mean {@code |q_j - t_j|}: 0 where the picture follows the weights, .25 for one
 *     sudden change in the middle
 * @param roughness mean {@code |q_{j+1} - 2 q_j + q_{j-1}|}: 0 for even steps
 * @param mass mean probability of the two classes together; the rest went to third classes
 */
public record ClassPath(
    double rankCorrelation, double monotoneSteps, double deviation, double roughness, double mass) {
  private static final double SLACK = 0.01;

  /**
   * Measures a way of three or more pictures.
   *
   * @param first the judge's probability of the first class in each picture
   * @param second its probability of the second class
   */
  public static ClassPath of(double[] first, double[] second) {
    int count = first.length;
    if (count < 3 || second.length != count) {
      throw new IllegalArgumentException(
          "a way needs 3 or more pictures, not %d and %d".formatted(count, second.length));
    }
    double[] share = new double[count];
    double[] wanted = new double[count];
    double mass = 0;
    for (int j = 0; j < count; j++) {
      double sum = first[j] + second[j];
      share[j] = sum > 0 ? second[j] / sum : 0.5;
      wanted[j] = j / (count - 1.0);
      mass += sum / count;
    }
    return new ClassPath(
        rankCorrelation(wanted, share),
        monotoneSteps(share),
        deviation(wanted, share),
        roughness(share),
        mass);
  }

  private static double rankCorrelation(double[] wanted, double[] share) {
    double correlation = new SpearmansCorrelation().correlation(wanted, share);
    return Double.isNaN(correlation) ? 0 : correlation;
  }

  private static double monotoneSteps(double[] share) {
    int kept = 0;
    for (int j = 1; j < share.length; j++) {
      kept += share[j] >= share[j - 1] - SLACK ? 1 : 0;
    }
    return kept / (share.length - 1.0);
  }

  private static double deviation(double[] wanted, double[] share) {
    double sum = 0;
    for (int j = 0; j < share.length; j++) {
      sum += Math.abs(share[j] - wanted[j]);
    }
    return sum / share.length;
  }

  private static double roughness(double[] share) {
    double sum = 0;
    for (int j = 1; j < share.length - 1; j++) {
      sum += Math.abs(share[j + 1] - 2 * share[j] + share[j - 1]);
    }
    return sum / (share.length - 2);
  }
}
