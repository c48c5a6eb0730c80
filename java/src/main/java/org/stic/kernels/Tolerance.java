package org.stic.kernels;

import org.stic.cuda.MathMode;

/**
 * How far a single-precision result may be from its double-precision reference: {@code absolute +
 * relative * magnitude}, where the magnitude is the reference's absolute value or, for sums, the
 * sum of the absolute values of the terms.
 *
 * @param absolute error allowed whatever the magnitude
 * @param relative error allowed per unit of magnitude
 */
public record Tolerance(double absolute, double relative) {

  /** The rounding error of one operation, relative to its result. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** Nothing but the same number. */
  public static final Tolerance EXACT = new Tolerance(0, 0);

  /**
   * A number of units in the last place. Results below twice the smallest normal number may be
   * flushed to 0.
   *
   * @param ulps at the lower end of a binade, where a unit weighs most
   */
  public static Tolerance ulps(double ulps) {
    return new Tolerance(0x1p-122, 2 * UNIT_ROUNDOFF * ulps);
  }

  /**
   * A sum in any order: the roundings of k terms, which have random signs, add up to about the
   * square root of k roundings of the magnitude; four of them are granted, and four for the terms
   * themselves.
   *
   * @param terms number of terms summed
   */
  public static Tolerance ofSum(long terms) {
    return new Tolerance(0x1p-125, UNIT_ROUNDOFF * (4 + 4 * Math.sqrt((double) terms)));
  }

  /**
   * A sum of products whose factors were rounded to a format, against the sum of the exact
   * products: the bound of two roundings of each product, and the sum's own rounding.
   *
   * @param terms number of terms summed
   */
  public static Tolerance ofRoundedSum(MathMode math, long terms) {
    double roundings =
        switch (math) {
          case FP32 -> 0;
          case TF32 -> 2 * 0x1p-11;
          case BF16 -> 2 * 0x1p-8;
          // The product of the two rests, and the rounding of each.
          case TF32X3 -> 3 * 0x1p-22;
        };
    Tolerance sum = ofSum(terms);
    return new Tolerance(sum.absolute(), sum.relative() + 1.01 * roundings);
  }

  /**
   * Whether a result is near enough to its reference; NaN only to NaN, infinity only to the same
   * infinity.
   */
  public boolean accepts(double actual, double expected) {
    return accepts(actual, expected, Math.abs(expected));
  }

  /**
   * Whether a result is near enough to its reference.
   *
   * @param magnitude what the relative error is measured by
   */
  public boolean accepts(double actual, double expected, double magnitude) {
    if (Double.isNaN(expected)) {
      return Double.isNaN(actual);
    }
    if (Double.isInfinite((float) expected)) {
      return actual == (float) expected;
    }
    return Math.abs(actual - expected) <= absolute + relative * magnitude;
  }
}
