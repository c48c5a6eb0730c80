package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a row's samples are to be trusted less. */
public enum Flag {
  /** The GPU's clock was lowered during too many of them. */
  @JsonProperty("throttled")
  THROTTLED,
  /** Other work ran on the machine. */
  @JsonProperty("loaded")
  LOADED;

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
