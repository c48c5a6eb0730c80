package org.stic.report;

import java.io.PrintWriter;

/** Shows how work gets on. Not safe for use by several threads. */
public interface Progress extends AutoCloseable {

  /**
   * A phase moved on; a new phase ends the one before.
   *
   * @param phase what is being done, such as "pass 1"
   * @param done how much of {@code total} is done
   * @param unit what is counted, in the plural
   */
  void update(String phase, long done, long total, String unit);

  /** A line that stays, printed between the bars. */
  void message(String text);

  /** Ends the running phase. */
  @Override
  void close();

  /** The display that fits: bars on a terminal, lines elsewhere, nothing but messages if quiet. */
  static Progress choose(PrintWriter out, boolean terminal, boolean quiet) {
    if (quiet) {
      return new QuietProgress(out);
    }
    return terminal ? new BarProgress(out) : new LineProgress(out, System::nanoTime);
  }
}
