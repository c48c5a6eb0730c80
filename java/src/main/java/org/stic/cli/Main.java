package org.stic.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.stic.data.Datasets;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Numbers look the same in every country, because programs read them too.
    Locale.setDefault(Locale.ROOT);
    Interruption interruption = Interruption.install(Thread.currentThread());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(arguments, out, err, Datasets::standard);
    if (!interruption.finish()) {
      System.exit(code);
    }
  }

  /**
   * Runs one command.
   *
   * @param out receives results
   * @param err receives problems, each one sentence
   * @param datasets the data sets of this machine
   * @return the exit code
   */
  static int run(
      String[] arguments, PrintWriter out, PrintWriter err, Supplier<Datasets> datasets) {
    FailureHandler failures = new FailureHandler();
    return new CommandLine(new SticCommand(datasets))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(arguments);
  }
}
