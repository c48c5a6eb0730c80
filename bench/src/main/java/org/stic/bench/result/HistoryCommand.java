package org.stic.bench.result;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.stic.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stic bench history}: keeps and shows the course of rows over commits. */
@Command(
    name = "history",
    description = {
      "Show the course of each row whose name contains all the words, oldest run first.",
      "With --add, first append the rows of result files to their devices' histories."
    })
public final class HistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Parts of the rows' names.")
  private List<String> words = List.of();

  @Option(
      names = "--add",
      paramLabel = "F.json",
      description = "Append this result file; may be repeated.")
  private List<Path> additions = List.of();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "bench/results",
      description = "Folder of all results (default: bench/results).")
  private Path results;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path addition : additions) {
      ResultFile file = ResultFile.read(addition);
      History history = History.of(file, results);
      out.printf("%s: %d rows appended%n", history, history.append(file));
    }
    if (additions.isEmpty() || !words.isEmpty()) {
      show(out);
    }
    return 0;
  }

  private void show(PrintWriter out) throws IOException {
    boolean found = false;
    for (History history : History.in(results)) {
      for (List<HistoryLine> course : courses(history)) {
        found = true;
        out.printf("%s on %s%n%s%n", course.getFirst().row(), history.device(), table(course));
      }
    }
    if (!found) {
      throw new ResultException(
          "no row of the histories below %s contains %s; add results with --add"
              .formatted(results, words.isEmpty() ? "anything" : String.join(" and ", words)));
    }
  }

  private List<List<HistoryLine>> courses(History history) throws IOException {
    Map<String, List<HistoryLine>> byRow =
        history.lines().stream()
            .filter(line -> words.stream().allMatch(word -> contains(line.row(), word)))
            .sorted(Comparator.comparing(HistoryLine::date))
            .collect(
                Collectors.groupingBy(HistoryLine::row, LinkedHashMap::new, Collectors.toList()));
    return List.copyOf(byRow.values());
  }

  private static boolean contains(String row, String word) {
    return row.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }

  private static Table table(List<HistoryLine> course) {
    Table table = new Table("date", "commit", "median", "quartiles", "against the first", "flags");
    double first = course.getFirst().median();
    for (HistoryLine line : course) {
      table.row(
          line.date(),
          line.commit(),
          Figures.withUnit(line.median(), line.unit()),
          "%s to %s"
              .formatted(
                  Figures.withUnit(line.lowerQuartile(), line.unit()),
                  Figures.withUnit(line.upperQuartile(), line.unit())),
          first == 0 ? "-" : "%+.1f%%".formatted(100 * (line.median() / first - 1)),
          line.flags().stream().sorted().map(Flag::label).collect(Collectors.joining(", ")));
    }
    return table;
  }
}
