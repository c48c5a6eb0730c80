package org.stic.sampler;

import org.stic.graph.Tensor;

/**
 * The function {@code U(x)} that chains climb: the logarithm of their density at temperature 1, up
 * to a constant. At temperature T the density is proportional to {@code exp(U(x) / T)}.
 */
@FunctionalInterface
public interface LogDensity {

  /**
   * Adds the nodes that compute U.
   *
   * @param position states of all chains, shape [chains, ...]
   * @return U of each chain, shape [chains]; chains do not influence each other
   */
  Tensor of(Tensor position);
}
