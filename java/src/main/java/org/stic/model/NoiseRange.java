package org.stic.model;

/**
 * Deviations of the normal noise that a score network knows, as pixels in [-1, 1].
 *
 * @param lowest least deviation; images count as free of noise there
 * @param highest largest deviation; hardly anything of an image is left there
 */
public record NoiseRange(double lowest, double highest) {

  public NoiseRange {
    if (!(lowest > 0 && highest > lowest && Double.isFinite(highest))) {
      throw new IllegalArgumentException(
          "noise must range from above 0 to more, not from %s to %s".formatted(lowest, highest));
    }
  }

  /** Natural logarithm of the highest deviation over the lowest. */
  public double logarithmicWidth() {
    return Math.log(highest / lowest);
  }
}
