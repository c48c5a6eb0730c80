package org.stic.sampler;

import org.stic.graph.Tensor;

/** The logarithm of a density of noisy images, up to a constant at each noise. */
@FunctionalInterface
public interface NoisyDensity {

  /**
   * Adds the nodes that compute it.
   *
   * @param position noisy images of all chains, shape [chains, ...]
   * @param noise their noise's deviation, shape [1, 1]
   * @return shape [chains]; chains do not influence each other
   */
  Tensor of(Tensor position, Tensor noise);
}
