package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a score is matched to that of the data. */
public enum ScoreForm {
  /** Against the noise that was added, by second derivatives through the network. */
  @JsonProperty("denoising")
  DENOISING,
  /** The same gradient from two neighbouring first derivatives. */
  @JsonProperty("finite-difference")
  FINITE_DIFFERENCE,
  /** Along random directions, without knowing the noise, by third derivatives. */
  @JsonProperty("sliced")
  SLICED
}
