package org.stic.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.RunnerException;

/** Every benchmark runs and checks its result, on tiny sizes. */
class SmokeTest {

  static Stream<Class<?>> classes() {
    return SmokeSet.classes().stream().filter(type -> type != FaultyBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("classes")
  void theBenchmarkRunsAndItsResultIsRight(Class<?> benchmark) throws RunnerException {
    assertTrue(SmokeSet.run(benchmark) > 0);
  }

  @Test
  void allNumberedClassesAreInTheSetAndThereAreNoGaps() {
    List<String> names = classes().map(Class::getSimpleName).toList();
    long numbered =
        Selection.classes().stream()
            .filter(type -> type.getSimpleName().matches("Bench[0-9].*"))
            .count();
    assertEquals(numbered, names.size());
    for (int index = 0; index < names.size(); index++) {
      assertEquals("Bench%02d".formatted(index + 1), names.get(index).substring(0, 7));
    }
  }

  /** The negative control: a result that the benchmark finds wrong fails the set. */
  @Test
  void aWrongResultIsAFailure() {
    RunnerException problem =
        assertThrows(RunnerException.class, () -> SmokeSet.run(FaultyBenchmark.class));
    assertEquals(FaultyBenchmark.SENTENCE, SmokeCommand.reason(problem).replaceFirst(".*: ", ""));
  }
}
