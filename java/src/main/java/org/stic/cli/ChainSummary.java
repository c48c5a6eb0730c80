package org.stic.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.stic.metrics.Autocorrelation;
import org.stic.metrics.EffectiveSampleSize;
import org.stic.metrics.SplitRhat;
import org.stic.sampler.ChainTrace;

/**
 * What a set of watched chains says about their sampler.
 *
 * @param className what they draw
 * @param chains number of chains
 * @param approximateSteps steps before the exact ones
 * @param warmUpSteps exact steps that adapted the step size; they do not count
 * @param exactSteps exact steps that count
 * @param stepSize of the exact steps
 * @param temperature of the exact steps
 * @param acceptance fraction of exact proposals that each chain took on average
 * @param functionals what was followed along the exact steps
 * @param trace every step's means over the chains
 */
record ChainSummary(
    String className,
    int chains,
    int approximateSteps,
    int warmUpSteps,
    int exactSteps,
    double stepSize,
    double temperature,
    List<Double> acceptance,
    List<Functional> functionals,
    List<Step> trace) {
  private static final int LONGEST_LAG = 50;

  /**
   * A number that a chain has at each step.
   *
   * @param name of the number
   * @param mean over all chains and steps
   * @param effectiveSampleSize independent draws that its bulk is worth (Vehtari et al., 2021)
   * @param rhat rank-normalised split R-hat (Vehtari et al., 2021)
   * @param autocorrelation by lag, from 0 on, averaged over the chains
   */
  record Functional(
      String name,
      double mean,
      double effectiveSampleSize,
      double rhat,
      List<Double> autocorrelation) {}

  /** Means over the chains after a step; the acceptance is NaN after an approximate one. */
  record Step(
      int step, double classTerm, double gramLoss, double displacement, double acceptance) {}

  static ChainSummary of(String className, double temperature, ChainTrace trace) {
    List<ChainTrace.Point> exact = trace.exact();
    return new ChainSummary(
        className,
        trace.points().getFirst().classTerm().length,
        trace.approximateSteps(),
        trace.warmUpSteps(),
        exact.size(),
        trace.stepSize(),
        temperature,
        means(series(exact, ChainTrace.Point::acceptance)),
        List.of(
            functional("class term", series(exact, ChainTrace.Point::classTerm)),
            functional("Gram loss", series(exact, ChainTrace.Point::gramLoss)),
            functional("distance from canvas", series(exact, ChainTrace.Point::displacement))),
        trace.points().stream().map(ChainSummary::step).toList());
  }

  /** One row for each chain. */
  private static double[][] series(
      List<ChainTrace.Point> points, Function<ChainTrace.Point, float[]> value) {
    int chains = value.apply(points.getFirst()).length;
    double[][] series = new double[chains][points.size()];
    for (int t = 0; t < points.size(); t++) {
      float[] row = value.apply(points.get(t));
      for (int chain = 0; chain < chains; chain++) {
        series[chain][t] = row[chain];
      }
    }
    return series;
  }

  private static Functional functional(String name, double[][] series) {
    return new Functional(
        name,
        Arrays.stream(series).flatMapToDouble(DoubleStream::of).average().orElseThrow(),
        EffectiveSampleSize.ofBulk(series),
        SplitRhat.of(series),
        autocorrelation(series));
  }

  private static List<Double> autocorrelation(double[][] series) {
    int lags = Math.min(LONGEST_LAG + 1, series[0].length);
    double[][] correlations =
        Arrays.stream(series)
            .map(chain -> Autocorrelation.of(chain, lags))
            .toArray(double[][]::new);
    return IntStream.range(0, lags)
        .mapToObj(
            lag -> Arrays.stream(correlations).mapToDouble(row -> row[lag]).average().orElseThrow())
        .toList();
  }

  private static List<Double> means(double[][] series) {
    return Arrays.stream(series).map(row -> DoubleStream.of(row).average().orElseThrow()).toList();
  }

  private static Step step(ChainTrace.Point point) {
    return new Step(
        point.step(),
        mean(point.classTerm()),
        mean(point.gramLoss()),
        mean(point.displacement()),
        mean(point.acceptance()));
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }
}
