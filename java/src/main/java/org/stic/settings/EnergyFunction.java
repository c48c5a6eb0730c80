package org.stic.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The score f of the energy-based model {@code p ~ exp(f)} in a classifier's logits z. */
public enum EnergyFunction {
  /** {@code logsumexp_k z_k}: the density of images of any class. */
  @JsonProperty("log-sum-exp")
  LOG_SUM_EXP,
  /** {@code sum_k w_k z_k}: the joint density of images and their classes. */
  @JsonProperty("class-logit")
  CLASS_LOGIT
}
