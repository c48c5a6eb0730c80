package org.stic.attention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who says where the next window lies. */
public enum WindowChoice {
  /** The classifier: where the whole view's pixels move its class term most. */
  @JsonProperty("saliency")
  SALIENCY,

  /** The classifier's learned head. */
  @JsonProperty("head")
  HEAD,

  /** Chance: the control. */
  @JsonProperty("random")
  RANDOM
}
