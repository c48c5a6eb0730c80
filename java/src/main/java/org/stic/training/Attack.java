package org.stic.training;

import java.util.Locale;
import org.stic.settings.ConfigurationException;

/**
 * Projected gradient descent: the perturbation within a ball that makes a classifier most wrong, as
 * far as a number of gradient steps finds it.
 *
 * <p>Source: Madry, Makelov, Schmidt, Tsipras, Vladu, "Towards deep learning models resistant to
 * adversarial attacks", ICLR 2018.
 *
 * @param norm which ball
 * @param epsilon its radius in units of pixels in [0, 1]; 0 leaves images as they are
 * @param steps gradient steps after the random start
 * @param stepSize length of a step in the same norm and units
 */
public record Attack(Norm norm, double epsilon, int steps, double stepSize) {
  /** Usual number of steps. */
  public static final int STEPS = 20;

  /** Steps reach this many radii altogether, so that every point of the ball can be reached. */
  private static final double REACH = 2.5;

  /** Norms of the perturbation of one image. */
  public enum Norm {
    /** The largest change of a pixel. */
    LINF,
    /** The root of the sum of squared changes. */
    L2;

    /** As users write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Attack {
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY) || steps < 1 || !(stepSize >= 0)) {
      throw new ConfigurationException(
          "an attack has a radius of at least 0 and one or more steps, not %s and %d"
              .formatted(epsilon, steps));
    }
  }

  /** An attack whose steps together reach 2.5 radii. */
  public static Attack of(Norm norm, double epsilon, int steps) {
    return new Attack(norm, epsilon, steps, REACH * epsilon / Math.max(1, steps));
  }

  /** The radius in units of pixels in [-1, 1], in which classifiers see images. */
  public double epsilonOfSignedPixels() {
    return 2 * epsilon;
  }
}
