package org.stic.bench.result;

import java.util.Set;

/**
 * One row of one run, as the history keeps it: without samples.
 *
 * @param row the row's key as text
 * @param commit of the run
 * @param date of the run
 * @param unit of the values; {@code x} of ratios against a peer
 * @param median of the samples
 * @param lowerQuartile of the samples
 * @param upperQuartile of the samples
 * @param count of the samples
 * @param flags of the row
 */
record HistoryLine(
    String row,
    String commit,
    String date,
    String unit,
    double median,
    double lowerQuartile,
    double upperQuartile,
    int count,
    Set<Flag> flags) {

  HistoryLine {
    Require.text("row", row);
    Require.text("commit", commit);
    Require.text("date", date);
    Require.present("unit", unit);
    flags = Set.copyOf(Require.elements("flags", flags));
  }

  static HistoryLine of(ResultFile file, Row row) {
    Distribution values = row.peer() == null ? row.distribution() : row.ratios();
    return new HistoryLine(
        row.key().toString(),
        file.commit(),
        file.date(),
        row.peer() == null ? row.unit() : "x",
        values.median(),
        values.lowerQuartile(),
        values.upperQuartile(),
        values.count(),
        row.flags());
  }

  /** Whether it is of the same run and row. */
  boolean isSameAs(HistoryLine other) {
    return row.equals(other.row) && commit.equals(other.commit) && date.equals(other.date);
  }
}
