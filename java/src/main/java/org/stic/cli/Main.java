package org.stic.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
    int code = run(arguments, out, err);
    if (!interruption.finish()) {
      System.exit(code);
    }
  }

  /**
   * Runs one command.
   *
   * @param out receives results
   * @param err receives problems, each one sentence
   * @return the exit code
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    FailureHandler failures = new FailureHandler();
    return new CommandLine(new SticCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(arguments);
  }
}
