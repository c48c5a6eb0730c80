package org.stic.report;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Plain lines for logs: one at the end of each phase, and one now and then in long phases. */
final class LineProgress implements Progress {
  private static final double SECONDS_BETWEEN_LINES = 10;

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private String phase = "";
  private long phaseStart;
  private long lastLine;

  LineProgress(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void update(String newPhase, long done, long total, String unit) {
    long now = nanoTime.getAsLong();
    if (!newPhase.equals(phase)) {
      phase = newPhase;
      phaseStart = now;
      lastLine = now;
    }
    double seconds = seconds(phaseStart, now);
    if (done == total) {
      message("%s: %d %s in %.1f s".formatted(phase, total, unit, seconds));
      phase = "";
    } else if (done > 0 && seconds(lastLine, now) >= SECONDS_BETWEEN_LINES) {
      double left = seconds / done * (total - done);
      message(
          "%s: %d of %d %s, %.1f/s, %.0f s left"
              .formatted(phase, done, total, unit, done / seconds, left));
      lastLine = now;
    }
  }

  @Override
  public void message(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  private static double seconds(long from, long to) {
    return (to - from) * 1e-9;
  }
}
