package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private long now;

  private LineProgress lines() {
    return new LineProgress(new PrintWriter(text), () -> now);
  }

  @Test
  void shortPhasesTakeOneLine() {
    LineProgress progress = lines();
    progress.update("start", 0, 10, "updates");
    now = SECOND;
    progress.update("start", 5, 10, "updates");
    now = 2 * SECOND;
    progress.update("start", 10, 10, "updates");
    progress.close();
    assertEquals("start: 10 updates in 2.0 s\n", text.toString());
  }

  @Test
  void longPhasesTellSpeedAndTimeLeft() {
    LineProgress progress = lines();
    progress.update("pass 1", 0, 100, "updates");
    now = 12 * SECOND;
    progress.update("pass 1", 24, 100, "updates");
    now = 13 * SECOND;
    progress.update("pass 1", 26, 100, "updates");
    assertEquals("pass 1: 24 of 100 updates, 2.0/s, 38 s left\n", text.toString());
  }

  @Test
  void quietShowsMessagesOnly() {
    Progress progress = Progress.choose(new PrintWriter(text), true, true);
    progress.update("start", 10, 10, "updates");
    progress.message("pass 1 is done");
    progress.close();
    assertEquals("pass 1 is done\n", text.toString());
  }
}
