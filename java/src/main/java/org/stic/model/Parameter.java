package org.stic.model;

import org.stic.graph.Shape;

/**
 * One named tensor of trainable numbers.
 *
 * @param name unique within the network, such as {@code convolution1.weight}
 * @param shape extents
 * @param deviation standard deviation of the normal distribution it starts from; 0 starts at zero
 */
public record Parameter(String name, Shape shape, double deviation) {

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
}
