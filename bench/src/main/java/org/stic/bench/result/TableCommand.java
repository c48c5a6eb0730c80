package org.stic.bench.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.stic.report.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stic bench table}: goals and what was measured. */
@Command(
    name = "table",
    description = {
      "Print the goals and what stored results say about each as a Markdown table.",
      "With --readme, write it there between the marks "
          + TableCommand.BEGIN
          + " and "
          + TableCommand.END
          + "."
    })
public final class TableCommand implements Callable<Integer> {
  static final String BEGIN = "<!-- performance:begin -->";
  static final String END = "<!-- performance:end -->";

  @Spec private CommandSpec spec;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "bench/results",
      description = "Folder of all results (default: bench/results).")
  private Path results;

  @Option(
      names = "--goals",
      paramLabel = "F.toml",
      defaultValue = "bench/goals.toml",
      description = "The lines of the table (default: bench/goals.toml).")
  private Path goals;

  @Option(names = "--readme", paramLabel = "FILE", description = "Write the table into this file.")
  private Path readme;

  @Override
  public Integer call() throws IOException {
    List<TableEntry> entries = GoalTable.read(goals);
    String table = new GoalText(entries, StoredResults.in(results)).markdown();
    if (readme == null) {
      spec.commandLine().getOut().println(table);
    } else {
      AtomicFile.write(readme, rewritten(table).getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }

  private String rewritten(String table) throws IOException {
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new ResultException("%s has no %s with an %s behind".formatted(readme, BEGIN, END));
    }
    return text.substring(0, begin) + BEGIN + "\n" + table + "\n" + text.substring(end);
  }
}
