package org.stic.bench;

import java.util.ArrayList;
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

  /** The classes of the set: all that have sizes for it. */
  static List<Class<?>> classes() {
    List<Class<?>> classes = new ArrayList<>(Selection.classes());
    classes.removeIf(type -> !type.isAnnotationPresent(Smoke.class));
    return classes;
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
    for (String size : benchmark.getAnnotation(Smoke.class).value()) {
      String[] parts = size.split("=", 2);
      List<String> values = Arrays.asList(parts[1].split(",", -1));
      ParameterRule.of(benchmark).get(parts[0]).require(values);
      options.param(parts[0], values.toArray(String[]::new));
    }
    return new Runner(options.build()).run().size();
  }
}
