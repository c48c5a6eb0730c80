package org.stic.cli;

import java.util.List;
import java.util.stream.DoubleStream;

/** Reads which classes a drawing is to show. */
final class ClassMixture {
  /** Weights with two digits, such as thirds, still count as a whole. */
  private static final double ROUNDING = 0.015;

  private ClassMixture() {}

  /**
   * Reads weights that sum to 1, such as {@code cat:0.6,dog:0.4}.
   *
   * @param classNames all names in the order of their labels
   * @return a weight for every class, summing to 1
   * @throws UsageException naming the word that is wrong
   */
  static float[] parse(String text, List<String> classNames) {
    double[] weights = new double[classNames.size()];
    for (String part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      if (colon < 0) {
        throw new UsageException(
            "--mix '%s' is not understood at '%s': write CLASS:WEIGHT,CLASS:WEIGHT"
                .formatted(text, part));
      }
      int label = label(part.substring(0, colon), classNames);
      if (weights[label] > 0) {
        throw new UsageException("--mix '%s' names a class twice: %s".formatted(text, part));
      }
      weights[label] = weight(part.substring(colon + 1), text);
    }
    return shares(weights, text);
  }

  /**
   * The label of a class.
   *
   * @throws UsageException that lists the known names
   */
  static int label(String name, List<String> classNames) {
    Values.requireKnown("class", name, classNames);
    return classNames.indexOf(name);
  }

  /** All weight on one class. */
  static float[] single(String name, List<String> classNames) {
    float[] weights = new float[classNames.size()];
    weights[label(name, classNames)] = 1;
    return weights;
  }

  private static double weight(String text, String mixture) {
    double weight = Values.number(text);
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new UsageException(
          "--mix '%s' has the weight '%s': weights are numbers above 0".formatted(mixture, text));
    }
    return weight;
  }

  private static float[] shares(double[] weights, String mixture) {
    double sum = DoubleStream.of(weights).sum();
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new UsageException(
          "--mix '%s' has weights that sum to %s; they must sum to 1"
              .formatted(mixture, (float) sum));
    }
    float[] shares = new float[weights.length];
    for (int label = 0; label < weights.length; label++) {
      shares[label] = (float) (weights[label] / sum);
    }
    return shares;
  }
}
