package org.stic.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
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
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return Progress.choose(out, terminal, quiet);
  }
}
