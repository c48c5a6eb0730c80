package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stic.report.MetricsFile;

/**
 * The course of a device's rows over commits, {@code <results>/<device>/history.jsonl}: a line for
 * each row of each run, only ever appended to.
 */
final class History {
  private static final String NAME = "history.jsonl";

  private final Path file;

  History(Path file) {
    this.file = file;
  }

  /** The history of the device of a result. */
  static History of(ResultFile result, Path results) {
    return new History(results.resolve(result.device().folder()).resolve(NAME));
  }

  /** All histories below a folder of results. */
  static List<History> in(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      throw new ResultException(results + " is no folder; name one with --results");
    }
    try (var folders = Files.list(results)) {
      return folders
          .map(folder -> folder.resolve(NAME))
          .filter(Files::exists)
          .sorted()
          .map(History::new)
          .toList();
    }
  }

  /** The folder's name of the device. */
  String device() {
    return String.valueOf(file.toAbsolutePath().getParent().getFileName());
  }

  /**
   * Appends the measured rows of a run; a run that is there already is not appended again.
   *
   * @return how many lines were written
   */
  int append(ResultFile result) throws IOException {
    List<HistoryLine> known = lines();
    List<HistoryLine> fresh =
        result.rows().stream()
            .filter(Row::isMeasured)
            .map(row -> HistoryLine.of(result, row))
            .filter(line -> known.stream().noneMatch(line::isSameAs))
            .toList();
    Files.createDirectories(file.toAbsolutePath().getParent());
    MetricsFile lines = new MetricsFile(file);
    for (HistoryLine line : fresh) {
      lines.append(line);
    }
    return fresh.size();
  }

  /** All lines, in the order they were appended. */
  List<HistoryLine> lines() throws IOException {
    List<HistoryLine> lines = new ArrayList<>();
    for (var content : new MetricsFile(file).read()) {
      String place = "%s, line %d".formatted(file, lines.size() + 1);
      lines.add(ResultJson.convert(content, HistoryLine.class, place));
    }
    return lines;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
