package org.stic.bench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stic bench smoke}. */
@Command(
    name = "smoke",
    description =
        "Run every benchmark for a moment on tiny sizes and check its results; exit 1 if one"
            + " fails.")
final class SmokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int failed = 0;
    for (Class<?> benchmark : SmokeSet.classes()) {
      long began = System.nanoTime();
      String outcome;
      try {
        outcome = "%3d passed".formatted(SmokeSet.run(benchmark));
      } catch (RunnerException e) {
        failed++;
        outcome = "FAILED: " + reason(e);
      }
      out.printf(
          "%-26s %5.1f s  %s%n",
          benchmark.getSimpleName(), (System.nanoTime() - began) * 1e-9, outcome);
    }
    return failed == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /** What the innermost failure says. */
  static String reason(Throwable problem) {
    Throwable last = problem;
    while (last.getCause() != null || last.getSuppressed().length > 0) {
      last = last.getCause() != null ? last.getCause() : last.getSuppressed()[0];
    }
    return last.toString();
  }
}
