package org.stic.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stic report}: writes a run's page anew. */
@Command(
    name = "report",
    description = "Write the page about a run, with all pictures in samples/.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunOption run;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(RunReport.write(run.open()));
    return ExitCode.DONE;
  }
}
