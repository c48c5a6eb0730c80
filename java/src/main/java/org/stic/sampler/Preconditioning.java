package org.stic.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the exact sampler's steps are scaled by. */
public enum Preconditioning {
  /** Nothing. */
  @JsonProperty("identity")
  IDENTITY,

  /**
   * The inverse of the mean squared gradient of each coordinate, the diagonal of the Fisher
   * information. Source: Titsias, "Optimal preconditioning and Fisher adaptive Langevin sampling",
   * 2023.
   */
  @JsonProperty("fisher")
  FISHER,

  /** The variance of each coordinate over chains and steps. */
  @JsonProperty("variance")
  VARIANCE
}
