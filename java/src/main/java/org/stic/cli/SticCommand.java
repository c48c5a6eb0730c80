package org.stic.cli;

import java.util.function.Supplier;
import org.stic.data.Datasets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: its commands, and the options that all of them take. */
@Command(
    name = "stic",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    description = {
      "An image classifier that draws what it knows.",
      "'stic train' with no option trains on MNIST in a few minutes and ends with a report."
    },
    subcommands = {
      DoctorCommand.class,
      DataCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      SampleCommand.class,
      InterpolateCommand.class,
      DiagnoseCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      TuneCommand.class,
      BenchCommand.class,
      BundleCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 the work failed, 2 wrong use, 130 interrupted."})
final class SticCommand implements Runnable {
  private final Supplier<Datasets> datasets;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  /** The program on the data sets of a machine, which are looked at when a command needs them. */
  SticCommand(Supplier<Datasets> datasets) {
    this.datasets = datasets;
  }

  /** The data sets that commands work on. */
  Datasets datasets() {
    return datasets.get();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Whether the user wants stack traces. */
  static boolean isDebugging(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return ((SticCommand) root.getCommand()).debug;
  }
}
