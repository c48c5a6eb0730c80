package org.stic.bench;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark for a moment with its {@link Smoke} sizes, in this process: whether it runs and
 * its result is right, not how fast it is.
 */
final class SmokeSet {
  private static final TimeValue MOMENT = TimeValue.milliseconds(5);

  private SmokeSet() {}

  /** The classes of the set: all. */
  static List<Class<?>> classes() {
    return Selection.classes();
  }

  /**
   * Tries out one class with all its modes and parameters.
   *
   * @return how many results there are, at least 1
   * @throws RunnerException if one of them fails, with what failed as its last cause
   */
  static int run(Class<?> benchmark) throws RunnerException {
    // JMH allows one run on a machine at a time, for the sake of times that nobody reads here.
    System.setProperty("jmh.ignoreLock", "true");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + "."))
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(MOMENT)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    Smoke sizes = benchmark.getAnnotation(Smoke.class);
    if (sizes == null) {
      throw new RunnerException(benchmark.getSimpleName() + " has no @Smoke sizes");
    }
    for (String size : sizes.value()) {
      String[] parts = size.split("=", 2);
      List<String> values = Arrays.asList(parts[1].split(",", -1));
      ParameterRule.of(benchmark).get(parts[0]).require(values);
      options.param(parts[0], values.toArray(String[]::new));
    }
    return new Runner(options.build()).run().size();
  }
}
