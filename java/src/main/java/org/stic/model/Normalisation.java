package org.stic.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the feature maps of a network are kept at unit size. */
public enum Normalisation {
  /** Not at all; convolutions have biases. */
  @JsonProperty("none")
  NONE,

  /**
   * By mean and variance of each channel over a batch; outside training by their running means.
   *
   * <p>Source: Ioffe and Szegedy, "Batch normalization", 2015.
   */
  @JsonProperty("batch")
  BATCH,

  /**
   * By running means and variances that stay as they are: batch normalisation for training that
   * goes on from given weights, whose statistics drawings and few images must not disturb.
   */
  @JsonProperty("frozen-batch")
  FROZEN_BATCH,

  /**
   * By mean and variance of groups of 16 channels of each image, or of fewer where the width does
   * not divide by 16.
   *
   * <p>Source: Wu and He, "Group normalization", 2018.
   */
  @JsonProperty("group")
  GROUP
}
