package org.stic.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.PairedDifference;
import org.stic.report.Table;

/**
 * The rows of a comparison as text: mean and standard deviation over the seeds, and the gain over
 * the control with its standard error.
 *
 * @param rows in order
 */
public record ComparisonTable(List<ComparisonRow> rows) {
  private static final String PLUS_MINUS = " ± ";

  public ComparisonTable {
    rows = List.copyOf(rows);
  }

  /** Headings of the columns. */
  List<String> header() {
    List<String> header = new ArrayList<>(List.of(""));
    for (Measure measure : Measure.values()) {
      header.add(measure.title());
      if (measure == Measure.ACCURACY) {
        header.add("above control, points");
        header.add("t");
      }
    }
    return header;
  }

  /** The cells of all rows. */
  List<List<String>> cells() {
    return rows.stream().map(ComparisonTable::cells).toList();
  }

  private static List<String> cells(ComparisonRow row) {
    List<String> cells = new ArrayList<>(List.of(row.label()));
    for (Measure measure : Measure.values()) {
      cells.add(cell(measure, row.get(measure)));
      if (measure == Measure.ACCURACY) {
        cells.add(gain(row));
        cells.add(significance(row));
      }
    }
    return cells;
  }

  private static String cell(Measure measure, MeanAndDeviation figure) {
    boolean hasSpread = figure.deviation() > 0;
    return hasSpread
        ? measure.text(figure.mean()) + PLUS_MINUS + measure.text(figure.deviation())
        : measure.text(figure.mean());
  }

  private static String gain(ComparisonRow row) {
    PairedDifference gain = row.accuracyGain();
    if (gain == null || row.kind() == ComparisonRow.Kind.CONTROL) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, "%+.2f", 100 * gain.mean());
    return Double.isNaN(gain.standardError())
        ? mean
        : mean + String.format(Locale.ROOT, PLUS_MINUS + "%.2f", 100 * gain.standardError());
  }

  private static String significance(ComparisonRow row) {
    boolean hasT =
        row.accuracyGain() != null
            && row.kind() != ComparisonRow.Kind.CONTROL
            && Double.isFinite(row.accuracyGain().t());
    return hasT ? String.format(Locale.ROOT, "%.1f", row.accuracyGain().t()) : "-";
  }

  /** For a terminal. */
  public String text() {
    Table table = new Table(header().toArray(String[]::new));
    cells().forEach(row -> table.row(row.toArray()));
    return table.toString();
  }

  /** As a table of Markdown. */
  public String markdown() {
    String rule = header().stream().map(cell -> "---:").collect(Collectors.joining("|", "|", "|"));
    String body = cells().stream().map(ComparisonTable::line).collect(Collectors.joining("\n"));
    return "%s\n%s\n%s\n".formatted(line(header()), rule.replaceFirst("---:", ":---"), body);
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
