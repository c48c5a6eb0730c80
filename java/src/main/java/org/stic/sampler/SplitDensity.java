package org.stic.sampler;

/** A log-density that is the difference of a class term and a Gram loss. */
public interface SplitDensity extends LogDensity {

  /** {@code classWeight * s - gramWeight * loss}; what has weight zero is not computed. */
  LogDensity weighted(double classWeight, double gramWeight);
}
