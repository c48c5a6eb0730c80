package org.stic.model;

import org.stic.graph.Shape;

/**
 * One named tensor of a network's numbers.
 *
 * @param name unique within the network, such as {@code convolution1.weight}
 * @param shape extents
 * @param mean mean of the normal distribution it starts from
 * @param deviation standard deviation of that distribution; 0 starts at the mean
 * @param isStatistic whether it is a running statistic, which follows what is seen in training, and
 *     not what gradients change
 */
public record Parameter(
    String name, Shape shape, double mean, double deviation, boolean isStatistic) {

  /** What gradients change, with a start around zero. */
  public Parameter(String name, Shape shape, double deviation) {
    this(name, shape, 0, deviation, false);
  }

  /**
   * A filter or matrix that keeps the variance of its inputs: N(0, 2 / fanIn) (He et al., 2015).
   */
  static Parameter heNormal(String name, Shape shape, int fanIn) {
    return new Parameter(name, shape, Math.sqrt(2.0 / fanIn));
  }

  /** A bias, which starts at zero. */
  static Parameter bias(String name, int length) {
    return new Parameter(name, Shape.of(length), 0);
  }

  /** A factor, which starts at one. */
  static Parameter factor(String name, int length) {
    return new Parameter(name, Shape.of(length), 1, 0, false);
  }

  /** A running statistic, which starts at {@code value}. */
  static Parameter statistic(String name, int length, double value) {
    return new Parameter(name, Shape.of(length), value, 0, true);
  }
}
