package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of two values of a quantity is the better one. */
public enum Better {
  /** As of times. */
  @JsonProperty("lower")
  LOWER,
  /** As of rates. */
  @JsonProperty("higher")
  HIGHER
}
