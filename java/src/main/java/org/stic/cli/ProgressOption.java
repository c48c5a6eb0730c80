package org.stic.cli;

import java.io.Console;
import java.io.PrintWriter;
import org.stic.report.Progress;
import picocli.CommandLine.Option;

/** The option of commands that take a while. */
final class ProgressOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Show results only, not the way to them.")
  private boolean quiet;

  /** The display for this terminal or log. */
  Progress open(PrintWriter out) {
    Console console = System.console();
    return Progress.choose(out, console != null && console.isTerminal(), quiet);
  }
}
