package org.stic.bench.result;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.stic.report.Table;

/** A comparison for a terminal. */
final class ComparisonText {
  private final ResultComparison comparison;

  ComparisonText(ResultComparison comparison) {
    this.comparison = comparison;
  }

  /** The table, the rows that are missing from it, and what its words mean. */
  String text() {
    Table table = new Table("verdict", "row", "before", "after", "change", "interval", "remark");
    for (RowComparison row : comparison.rows()) {
      table.row(
          row.verdict(),
          row.key(),
          value(row.before(), row.unit()),
          value(row.after(), row.unit()),
          percent(row.change().factor()),
          interval(row.change()),
          row.remark());
    }
    return table
        + listed("only in the first file", comparison.onlyBefore())
        + listed("only in the second file", comparison.onlyAfter())
        + listed("the peer was absent", comparison.absent())
        + "\n"
        + conditions();
  }

  private String conditions() {
    String counts =
        Arrays.stream(Verdict.values())
            .map(verdict -> "%d %s".formatted(comparison.count(verdict), verdict))
            .collect(Collectors.joining(", "));
    return ("%s. SAME is within %s %%; FASTER and SLOWER are beyond that, at a level of %s for the"
            + " whole table (rank-sum intervals, Bonferroni).\n")
        .formatted(counts, Figures.of(100 * comparison.effect()), Figures.of(comparison.level()));
  }

  private static String listed(String what, List<String> rows) {
    return rows.stream().map("%s: %%s%n".formatted(what)::formatted).collect(Collectors.joining());
  }

  private static String value(double value, String unit) {
    return unit.isEmpty() ? Figures.of(value) + "x" : Figures.withUnit(value, unit);
  }

  private static String interval(ShiftEstimate change) {
    return Double.isInfinite(change.high())
        ? "unknown"
        : "%s to %s".formatted(percent(change.low()), percent(change.high()));
  }

  private static String percent(double factor) {
    double change = 100 * (factor - 1);
    return Math.abs(change) < 1000 ? "%+.1f%%".formatted(change) : Figures.of(factor) + "x";
  }
}
