package org.stic.metrics;

import org.apache.commons.math3.stat.StatUtils;

/**
 * Autocorrelation of a series about its own mean: {@code rho_k = sum_t (x_t - m)(x_{t+k} - m) /
 * sum_t (x_t - m)^2}. Dividing all lags by the same length keeps the sequence positive
 * semidefinite; late lags are biased towards 0.
 */
public final class Autocorrelation {
  private Autocorrelation() {}

  /** Lags {@code 0 .. lags - 1}; all but the first are NaN for a constant series. */
  public static double[] of(double[] series, int lags) {
    double[] covariance = autocovariance(series, lags);
    double[] correlation = new double[lags];
    correlation[0] = 1;
    for (int lag = 1; lag < lags; lag++) {
      correlation[lag] = covariance[lag] / covariance[0];
    }
    return correlation;
  }

  /** The same before division by the variance: {@code 1/n sum_t (x_t - m)(x_{t+k} - m)}. */
  static double[] autocovariance(double[] series, int lags) {
    if (lags < 1 || lags > series.length) {
      throw new IllegalArgumentException(
          "a series of %d numbers has no %d lags".formatted(series.length, lags));
    }
    double mean = StatUtils.mean(series);
    double[] covariance = new double[lags];
    for (int lag = 0; lag < lags; lag++) {
      for (int t = 0; t + lag < series.length; t++) {
        covariance[lag] += (series[t] - mean) * (series[t + lag] - mean) / series.length;
      }
    }
    return covariance;
  }
}
