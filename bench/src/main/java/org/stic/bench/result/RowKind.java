package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a row's samples were taken. */
public enum RowKind {
  /** By the host's clock, around work that was waited for. */
  @JsonProperty("host")
  HOST,
  /** By the device's events, with the caches flushed before each sample. */
  @JsonProperty("device-cold")
  DEVICE_COLD,
  /** By the device's events, back to back. */
  @JsonProperty("device-hot")
  DEVICE_HOT,
  /** By the host's clock, in turn with another program that does the same work. */
  @JsonProperty("peer-ratio")
  PEER_RATIO,
  /** A sampler's effective samples for its costs. */
  @JsonProperty("efficiency")
  EFFICIENCY;

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
