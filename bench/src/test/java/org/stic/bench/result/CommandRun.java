package org.stic.bench.result;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import picocli.CommandLine;

/**
 * One command as the program runs it.
 *
 * @param code it ended with; 2 where it refused its input
 * @param out what it printed
 * @param problem what it complained about
 */
record CommandRun(int code, String out, String problem) {

  static CommandRun of(Object command, Object... words) {
    Locale.setDefault(Locale.ROOT);
    StringWriter out = new StringWriter();
    StringWriter problem = new StringWriter();
    String[] arguments = new String[words.length];
    for (int place = 0; place < words.length; place++) {
      arguments[place] = words[place].toString();
    }
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(problem))
            .setExecutionExceptionHandler(
                (failure, _, _) -> {
                  problem.write(failure.getMessage());
                  return failure instanceof ResultException ? 2 : 1;
                })
            .execute(arguments);
    return new CommandRun(code, out.toString(), problem.toString());
  }
}
