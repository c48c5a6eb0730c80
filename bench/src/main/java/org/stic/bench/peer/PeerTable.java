package org.stic.bench.peer;

import java.io.PrintWriter;
import java.util.Locale;
import org.stic.bench.result.Distribution;
import org.stic.bench.result.Peer;
import org.stic.bench.result.Row;

/** Prints comparisons line by line as they are made. */
final class PeerTable {
  private static final double[] SCALES = {1, 1e3, 1e6};
  private static final String[] UNITS = {"s", "ms", "us"};

  private final PrintWriter out;
  private boolean begun;

  PeerTable(PrintWriter out) {
    this.out = out;
  }

  void print(Row row) {
    if (!begun) {
      out.printf(
          "%-54s %-22s %10s %10s   %s%n", "subject", "peer", "ours", "peer", "ratio (quartiles)");
      begun = true;
    }
    Peer peer = row.otherProgram().orElseThrow();
    String subject =
        "%s %s".formatted(row.benchmark().replaceFirst(".*\\.", ""), row.parameters().get("sizes"));
    out.printf(Locale.ROOT, "%-54s %-22s %s%n", subject, peer.name(), outcome(row, peer));
    out.flush();
  }

  private static String outcome(Row row, Peer peer) {
    return peer.reasonOfAbsence()
        .map(why -> "absent: " + why)
        .orElseGet(() -> measured(row, Distribution.of(peer.samples()), row.ratios()));
  }

  private static String measured(Row row, Distribution peer, Distribution ratios) {
    return String.format(
        Locale.ROOT,
        "%10s %10s   %.2fx (%.2f-%.2f)%s",
        time(row.distribution().median()),
        time(peer.median()),
        ratios.median(),
        ratios.lowerQuartile(),
        ratios.upperQuartile(),
        row.flags().isEmpty() ? "" : " " + row.flags());
  }

  private static String time(double seconds) {
    int unit = seconds >= 1 ? 0 : seconds >= 1e-3 ? 1 : 2;
    return String.format(Locale.ROOT, "%.3g %s", seconds * SCALES[unit], UNITS[unit]);
  }
}
