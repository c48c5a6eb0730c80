package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What drawings teach the classifier. */
public enum FakeLoss {
  /** Logistic loss on the class logit, with real images as positive examples. */
  @JsonProperty("introspective")
  INTROSPECTIVE,
  /** Cross-entropy with "fake" as one more class. */
  @JsonProperty("fake-class")
  FAKE_CLASS
}
