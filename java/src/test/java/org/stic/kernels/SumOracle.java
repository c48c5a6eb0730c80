package org.stic.kernels;

/** Sums in double precision, each with the magnitude that its rounding is measured by. */
final class SumOracle {
  private final double[] sums;
  private final double[] magnitudes;

  SumOracle(long results) {
    sums = new double[Math.toIntExact(results)];
    magnitudes = new double[sums.length];
  }

  void add(int result, double term) {
    sums[result] += term;
    magnitudes[result] += Math.abs(term);
  }

  /** Compares what a kernel wrote; every result sums at most so many terms. */
  void expect(TestBuffer actual, String kernel, long terms) {
    expect(actual.floats(), kernel, terms);
  }

  /** Compares what a kernel wrote. */
  void expect(float[] actual, String kernel, long terms) {
    Expect.near(sums, magnitudes, actual, KernelCatalog.entry(kernel).tolerance(terms));
  }

  /** Compares with a tolerance of the caller's. */
  void expect(TestBuffer actual, Tolerance tolerance) {
    Expect.near(sums, magnitudes, actual.floats(), tolerance);
  }
}
