package org.stic.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.stic.data.Datasets;

/** One run of the program inside the test's process. */
record CommandLineRun(int code, String out, String err) {

  /** On a machine without data sets. */
  static CommandLineRun of(String... arguments) {
    return on(Path.of("no-such-folder"), arguments);
  }

  /** On a machine with data sets in a folder. */
  static CommandLineRun on(Path data, String... arguments) {
    return on(data, new StringWriter(), arguments);
  }

  /** The same, printing to {@code out}. */
  static CommandLineRun on(Path data, Writer out, String... arguments) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            arguments,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            () -> new Datasets(data));
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}
