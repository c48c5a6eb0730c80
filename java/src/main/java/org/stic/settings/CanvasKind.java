package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a chain starts from, before the noise. */
public enum CanvasKind {
  /** Pixel value -1 everywhere. */
  @JsonProperty("black")
  BLACK,
  /** The mean of all pixels of the training images. */
  @JsonProperty("mean")
  MEAN
}
