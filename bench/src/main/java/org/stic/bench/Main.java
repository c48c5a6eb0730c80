package org.stic.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.stic.bench.efficiency.EfficiencyCommand;
import org.stic.bench.peer.PeersCommand;
import org.stic.bench.profile.ProfilerNames;
import org.stic.bench.result.CompareCommand;
import org.stic.bench.result.HistoryCommand;
import org.stic.bench.result.JmhRows;
import org.stic.bench.result.RooflineCommand;
import org.stic.bench.result.TableCommand;
import org.stic.cuda.Device;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code stic bench}: the benchmarks' front end. Without a command of its own it runs JMH with the
 * words it is given, after it has checked that all they ask for can be had.
 */
@Command(
    name = "stic bench",
    usageHelpAutoWidth = true,
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "stic bench [--device auto|cuda|cpu] [--out FILE] [BENCHMARK...] [options of JMH]",
      "       stic bench COMMAND ..."
    },
    description = {
      "",
      "Runs the benchmarks whose names contain one of the words, all without one.",
      "Of JMH's options: -l lists benchmarks, -lp with parameters, -lprof profilers; -p NAME=VALUE,"
          + " sets a parameter, -prof device measures device time, -prof gc allocated bytes, -f,"
          + " -wi, -i, -w, -r set forks, iterations and their times.",
      ""
    },
    subcommands = {
      HelpCommand.class,
      SmokeCommand.class,
      EfficiencyCommand.class,
      PeersCommand.class,
      CompareCommand.class,
      HistoryCommand.class,
      RooflineCommand.class,
      TableCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 a benchmark failed or became slower, 2 wrong use; what cannot be had"
          + " is refused before anything runs."
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RunOptions options;

  @Unmatched private final List<String> words = new ArrayList<>();

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    PrintWriter results = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter problems = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(arguments, results, problems));
  }

  /**
   * Runs one command.
   *
   * @param results receives what commands print; JMH prints to the standard output itself
   * @param problems receives problems, each one sentence
   * @return the exit code
   */
  static int run(String[] arguments, PrintWriter results, PrintWriter problems) {
    FailureHandler failures = new FailureHandler();
    return new CommandLine(new Main())
        .setOut(results)
        .setErr(problems)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (SuiteRun.isListing(words)) {
      org.openjdk.jmh.Main.main(words.toArray(String[]::new));
      return ExitCodes.DONE;
    }
    options.require();
    Selection selection = Selection.of(ProfilerNames.inFull(words));
    SuiteRun.requireProfilers(selection);
    if (options.isStored()) {
      selection.requireOneMode();
    }
    Optional<StoredRun> stored = begin();
    Collection<RunResult> results = SuiteRun.of(selection);
    if (stored.isPresent() && !results.isEmpty()) {
      try (Device device = Workbench.openDevice()) {
        stored.get().finish(device, JmhRows.of(results));
      }
    }
    return outcome(selection.results(), results.size());
  }

  /** Fails at once, and not in the middle of a run, where no benchmark could have its device. */
  private Optional<StoredRun> begin() {
    try (Device device = Workbench.openDevice()) {
      return options.begin("suite", spec, device);
    }
  }

  private int outcome(int asked, int succeeded) {
    if (succeeded < asked) {
      spec.commandLine()
          .getErr()
          .printf("stic bench: %d of %d benchmarks failed, see above%n", asked - succeeded, asked);
    }
    return succeeded < asked ? ExitCodes.FAILED : ExitCodes.DONE;
  }
}
