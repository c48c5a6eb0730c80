package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH itself runs here, in this process, for some milliseconds. */
public class JmhRowsTest {
  private static final double SLEEP_SECONDS = 0.002;

  /** A profiler with a plain result, one with rows, and one that is not there. */
  public static class MadeProfiler implements InternalProfiler {
    @Override
    public String getDescription() {
      return "made";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(
        BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
      return List.of(
          new ScalarResult("gc.alloc.rate.norm", 8.00001, "B/op", AggregationPolicy.AVG),
          new ScalarResult("gc.count", 5, "counts", AggregationPolicy.SUM),
          new ScalarResult("unknown", Double.NaN, "", AggregationPolicy.AVG),
          new OwnRows());
    }
  }

  /** A result with a row of its own. */
  static final class OwnRows extends Result<OwnRows> implements RowResult {
    private static final long serialVersionUID = 1L;

    OwnRows() {
      super(ResultRole.SECONDARY, "device", of(1), "s", AggregationPolicy.AVG);
    }

    @Override
    public List<Row> rows(String benchmark, Map<String, String> parameters) {
      return List.of(
          Row.of(benchmark, parameters, RowKind.DEVICE_COLD)
              .kernel("made_kernel")
              .samples(List.of(0.25))
              .build());
    }

    @Override
    protected Aggregator<OwnRows> getThreadAggregator() {
      return results -> results.iterator().next();
    }

    @Override
    protected Aggregator<OwnRows> getIterationAggregator() {
      return results -> results.iterator().next();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"Throughput", "AverageTime", "SingleShotTime"})
  void everyModeBecomesSecondsOfOneCall(Mode mode) throws RunnerException {
    Row row = JmhRows.of(run(mode)).getFirst();
    assertEquals("SleepingBenchmark.sleep", row.benchmark());
    assertEquals(Map.of("size", "7"), row.parameters());
    assertEquals(RowKind.HOST, row.kind());
    assertEquals(3, row.samples().size());
    assertTrue(row.distribution().minimum() >= SLEEP_SECONDS, row::toString);
    assertTrue(row.distribution().median() < 100 * SLEEP_SECONDS, row::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"Throughput", "AverageTime"})
  void countersBecomeTheWorkOfOneCall(Mode mode) throws RunnerException {
    Row row = JmhRows.of(run(mode)).getFirst();
    assertEquals(7, row.bytes());
    assertEquals(14, row.flops());
  }

  @Test
  void profilersBecomeRows() throws RunnerException {
    List<Row> rows = JmhRows.of(run(Mode.Throughput));
    assertEquals(
        List.of(
            "SleepingBenchmark.sleep size=7 [host time]",
            "SleepingBenchmark.sleep size=7 in made_kernel [device-cold time]",
            "SleepingBenchmark.sleep size=7 [host drawings]",
            "SleepingBenchmark.sleep size=7 [host gc.alloc.rate.norm]"),
        rows.stream().map(Row::key).map(RowKey::toString).toList());
    assertEquals(List.of(8.0, 8.0, 8.0), rows.getLast().samples());
    assertEquals(Better.HIGHER, rows.get(2).better());
    assertEquals(Better.LOWER, rows.get(3).better());
  }

  private static Collection<RunResult> run(Mode mode) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(SleepingBenchmark.class.getName())
                .mode(mode)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(20))
                .addProfiler(MadeProfiler.class.getName())
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }
}
