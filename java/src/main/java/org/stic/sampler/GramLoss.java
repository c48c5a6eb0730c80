package org.stic.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/** How a relative squared Gram distance {@code r >= 0} counts. */
public enum GramLoss {
  /** {@code r}: quartic in the pixels, so that a step has a stability limit. */
  @JsonProperty("quadratic")
  QUADRATIC {
    @Override
    Tensor of(Tensor relative) {
      return relative;
    }
  },

  /** {@code sqrt(1 + 2 r) - 1}: the same near 0, of bounded curvature far away. */
  @JsonProperty("safe")
  SAFE {
    @Override
    Tensor of(Tensor relative) {
      return Ops.affine(Ops.sqrt(Ops.affine(relative, 2, 1)), 1, -1);
    }
  };

  /** The loss of each chain from its relative distance, shape [chains]. */
  abstract Tensor of(Tensor relative);
}
