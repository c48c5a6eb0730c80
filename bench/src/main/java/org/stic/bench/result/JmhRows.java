package org.stic.bench.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.stic.kernels.Cost;

/**
 * JMH's results as rows. A sample is an iteration, fork after fork. Whatever the mode was, the time
 * of one call in seconds is stored, because times of calls can be added and set against ceilings.
 * The counters {@code gigabytes} and {@code gigaflops} become the work of the row.
 */
public final class JmhRows {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final String DERIVED = ": ";
  private static final String GIGABYTES = "gigabytes";
  private static final String GIGAFLOPS = "gigaflops";
  private static final double GIGA = 1e9;

  private JmhRows() {}

  /** The rows of all benchmarks of a run, in its order. */
  public static List<Row> of(Collection<RunResult> results) {
    return results.stream().flatMap(result -> rows(result).stream()).toList();
  }

  private static List<Row> rows(RunResult run) {
    BenchmarkParams params = run.getParams();
    String benchmark = shortName(params.getBenchmark());
    Map<String, String> parameters = parameters(params);
    List<Row> rows = new ArrayList<>();
    rows.add(time(run, benchmark, parameters));
    for (String label : labels(run)) {
      rows.addAll(secondary(run, label, benchmark, parameters));
    }
    return rows;
  }

  private static Row time(RunResult run, String benchmark, Map<String, String> parameters) {
    BenchmarkParams params = run.getParams();
    List<Double> samples =
        iterations(run)
            .map(iteration -> seconds(params, iteration.getPrimaryResult().getScore()))
            .toList();
    return Row.of(benchmark, parameters, RowKind.HOST).samples(samples).work(work(run)).build();
  }

  /** Seconds of a call from a score, which is calls in a unit of time or the time of a call. */
  private static double seconds(BenchmarkParams params, double score) {
    double unit = params.getTimeUnit().toNanos(1) / GIGA;
    return params.getMode() == Mode.Throughput ? unit / score : unit * score;
  }

  /** The work of a call: what the counters gained for each call, in every iteration the same. */
  private static Cost work(RunResult run) {
    return new Cost(counted(run, GIGABYTES), counted(run, GIGAFLOPS));
  }

  private static long counted(RunResult run, String counter) {
    Result<?> counted = run.getSecondaryResults().get(counter);
    if (counted == null) {
      return 0;
    }
    double score = counted.getScore();
    double calls = run.getPrimaryResult().getScore();
    boolean isRate = run.getParams().getMode() == Mode.Throughput;
    return Math.round(GIGA * (isRate ? score / calls : calls / score));
  }

  /** Rows of a profiler or a counter; its values of iterations where it has them, else the one. */
  private static List<Row> secondary(
      RunResult run, String label, String benchmark, Map<String, String> parameters) {
    Result<?> whole = run.getSecondaryResults().get(label);
    if (whole instanceof RowResult own) {
      return own.rows(benchmark, parameters);
    }
    List<Double> samples = samples(run, label, whole);
    if (samples.isEmpty()) {
      return List.of();
    }
    boolean isCounter = whole.getScoreUnit().startsWith("ops/");
    return List.of(
        Row.of(benchmark, parameters, RowKind.HOST)
            .quantity(label, isCounter ? Better.HIGHER : Better.LOWER)
            .unit(whole.getScoreUnit())
            .samples(samples)
            .build());
  }

  private static List<Double> samples(RunResult run, String label, Result<?> whole) {
    List<Double> ofIterations =
        iterations(run)
            .filter(iteration -> iteration.getSecondaryResults().containsKey(label))
            .map(iteration -> iteration.getSecondaryResults().get(label).getScore())
            .toList();
    List<Double> all = ofIterations.isEmpty() ? List.of(whole.getScore()) : ofIterations;
    return all.stream().filter(Double::isFinite).map(value -> tidied(label, value)).toList();
  }

  /** JMH's own objects are counted too, as millionths of a byte for each call. */
  private static double tidied(String label, double value) {
    return label.equals(ALLOCATION) ? Math.rint(value) : value;
  }

  /**
   * Of the garbage collector only the bytes for each call say something about the benchmark. What
   * follows from another result, {@code NAME: WHAT}, is no row of its own.
   */
  private static Set<String> labels(RunResult run) {
    Set<String> labels = new TreeSet<>(run.getSecondaryResults().keySet());
    labels.removeIf(label -> label.startsWith("gc.") && !label.equals(ALLOCATION));
    labels.removeIf(label -> label.contains(DERIVED));
    labels.removeAll(Set.of(GIGABYTES, GIGAFLOPS));
    return labels;
  }

  private static Stream<IterationResult> iterations(RunResult run) {
    return run.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream);
  }

  private static Map<String, String> parameters(BenchmarkParams params) {
    Map<String, String> parameters = new LinkedHashMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    return parameters;
  }

  /** Class and method, without the package. */
  private static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }
}
