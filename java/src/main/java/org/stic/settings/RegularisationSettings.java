package org.stic.settings;

/**
 * Ordinary regularisers, which act on every update of every objective. All of them are off in the
 * presets that draw; they are what the drawings' effect on accuracy is compared with.
 *
 * @param weightDecay decoupled weight decay: each update shrinks the parameters by the factor
 *     {@code 1 - rate weightDecay} (Loshchilov and Hutter, "Decoupled weight decay regularization",
 *     2019)
 * @param dropout share of the head's inputs that each update leaves out; the others are scaled by
 *     {@code 1 / (1 - dropout)} (Srivastava et al., "Dropout", 2014)
 * @param labelSmoothing share of the labels' mass that is spread evenly over the classes (Szegedy
 *     et al., "Rethinking the Inception architecture", 2016)
 */
public record RegularisationSettings(double weightDecay, double dropout, double labelSmoothing) {
  /** No regulariser. */
  public static final RegularisationSettings NONE = new RegularisationSettings(0, 0, 0);

  public RegularisationSettings {
    Requirement.between("regularisation.weight_decay", weightDecay, 0, 100);
    Requirement.between("regularisation.dropout", dropout, 0, 0.95);
    Requirement.between("regularisation.label_smoothing", labelSmoothing, 0, 0.9);
  }
}
