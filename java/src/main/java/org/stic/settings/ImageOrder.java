package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which training image comes next. */
public enum ImageOrder {
  /** Each is drawn from all of them. */
  @JsonProperty("drawn")
  DRAWN,
  /** All of them once in a new order, and then again. */
  @JsonProperty("shuffled")
  SHUFFLED
}
