package org.stic.bench.profile;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.stic.graph.Program;
import org.stic.graph.ProgramObserver;

/**
 * Where profilers meet what benchmarks run. JMH ends a trial inside its last iteration, so the one
 * moment at which a profiler can run a warm benchmark's work once more is when the benchmark closes
 * it, in the benchmark's own thread.
 */
public final class Subjects {
  private static final AtomicInteger PROGRAMS = new AtomicInteger();

  private static volatile Optional<Consumer<Subject>> listener = Optional.empty();

  private Subjects() {}

  /**
   * From now on somebody is shown all that is closed and has run: workbenches, and programs, which
   * are numbered in this order.
   */
  static void listen(Consumer<Subject> newListener) {
    listener = Optional.of(newListener);
    PROGRAMS.set(0);
    Program.observe(Subjects::closing);
  }

  /** Nobody is shown anything any more. */
  static void ignore() {
    listener = Optional.empty();
    Program.observe(ProgramObserver.NONE);
  }

  /** Called by what is about to be closed and can still be run. */
  public static void closing(Subject subject) {
    if (!subject.calls().isEmpty()) {
      listener.ifPresent(one -> one.accept(subject));
    }
  }

  private static void closing(Program program) {
    if (program.runs() > 0) {
      closing(Subject.of("program " + PROGRAMS.incrementAndGet(), program));
    }
  }
}
