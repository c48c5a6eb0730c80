package org.stic.report;

import java.io.PrintWriter;

/** Messages only. */
final class QuietProgress implements Progress {
  private final PrintWriter out;

  QuietProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void update(String phase, long done, long total, String unit) {
    // Nothing is shown of the way, only results.
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
}
