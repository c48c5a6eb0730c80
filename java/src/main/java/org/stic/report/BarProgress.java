package org.stic.report;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with throughput and time left for each phase, on a terminal. */
final class BarProgress implements Progress {
  private static final int MILLISECONDS_BETWEEN_UPDATES = 200;

  private final PrintWriter out;
  private ProgressBar bar;

  BarProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void update(String phase, long done, long total, String unit) {
    if (bar == null || !bar.getTaskName().equals(phase)) {
      close();
      bar = start(phase, total, unit);
    }
    bar.stepTo(done);
    if (done == total) {
      close();
    }
  }

  @Override
  public void message(String text) {
    close();
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    out.flush();
  }

  private static ProgressBar start(String phase, long total, String unit) {
    return new ProgressBarBuilder()
        .setTaskName(phase)
        .setInitialMax(total)
        .setUnit(" " + unit, 1)
        .showSpeed()
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_UPDATES)
        .build();
  }
}
