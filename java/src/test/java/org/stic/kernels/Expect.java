package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Comparison of single-precision results with a double-precision oracle. */
final class Expect {

  private Expect() {}

  /** The same floats. */
  static void same(float[] expected, float[] actual) {
    double[] numbers = new double[expected.length];
    Arrays.setAll(numbers, i -> expected[i]);
    near(numbers, actual, Tolerance.EXACT);
  }

  /** Every result within its tolerance of the oracle. */
  static void near(double[] expected, float[] actual, Tolerance tolerance) {
    near(expected, absolute(expected), actual, tolerance);
  }

  /**
   * Every result within its tolerance, measured by a magnitude of its own, such as the sum of
   * absolute terms.
   */
  static void near(double[] expected, double[] magnitude, float[] actual, Tolerance tolerance) {
    assertEquals(expected.length, actual.length, "number of results");
    int wrong = 0;
    int worst = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!tolerance.accepts(actual[i], expected[i], magnitude[i])) {
        wrong++;
        worst =
            excess(expected, magnitude, actual, tolerance, i)
                    > excess(expected, magnitude, actual, tolerance, worst)
                ? i
                : worst;
      }
    }
    int at = worst;
    int count = wrong;
    assertTrue(
        wrong == 0,
        () ->
            "%d of %d results are wrong; the worst, [%d], is %s instead of %s, %.1f times the tolerance"
                .formatted(
                    count,
                    expected.length,
                    at,
                    actual[at],
                    expected[at],
                    excess(expected, magnitude, actual, tolerance, at)));
  }

  private static double excess(
      double[] expected, double[] magnitude, float[] actual, Tolerance tolerance, int i) {
    double allowed = tolerance.absolute() + tolerance.relative() * magnitude[i];
    double error = Math.abs(actual[i] - expected[i]) / allowed;
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
