package org.stic.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stic.metrics.MeanAndDeviation;
import org.stic.report.Table;

/**
 * The ways between two classes as text.
 *
 * @param rows one for each contender
 */
record PathTable(List<PathRow> rows) {

  /** Headings of the columns; in brackets what a way scores that follows the weights evenly. */
  List<String> header() {
    List<String> header = new ArrayList<>(List.of(""));
    for (PathMeasure measure : PathMeasure.values()) {
      header.add(measure.title());
    }
    header.add("nearer to the weights than " + rows.getFirst().name());
    return header;
  }

  /** The cells of all rows. */
  List<List<String>> cells() {
    return rows.stream().map(PathTable::cells).toList();
  }

  private static List<String> cells(PathRow row) {
    List<String> cells = new ArrayList<>(List.of(row.name()));
    for (PathMeasure measure : PathMeasure.values()) {
      MeanAndDeviation figure = row.measures().get(measure);
      cells.add(figure(figure.mean(), figure.deviation()));
    }
    cells.add(
        row.deviationGain() == null
            ? "-"
            : figure(row.deviationGain().mean(), row.deviationGain().standardError()));
    return cells;
  }

  private static String figure(double mean, double spread) {
    return Double.isNaN(spread)
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ± %.3f", mean, spread);
  }

  /** For a terminal. */
  String text() {
    Table table = new Table(header().toArray(String[]::new));
    cells().forEach(row -> table.row(row.toArray()));
    return table.toString();
  }

  /** How the figures were made. */
  String conditions() {
    return ("%d ways of each seed from one class to another, 9 pictures each, the same classes and"
            + " canvases for everybody. Per way, of the share that the judge gives the second class"
            + " of both: Spearman's correlation with the weights, fraction of steps that do not"
            + " fall, mean distance from the weights, mean second difference; and what both"
            + " classes have of all. Mean ± standard deviation over the seeds; last column ±"
            + " standard error of paired differences.")
        .formatted(rows.getFirst().paths());
  }
}
