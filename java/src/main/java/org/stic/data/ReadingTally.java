package org.stic.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts what is found about each image, once however often it is read. Safe for several threads.
 */
final class ReadingTally {
  private static final byte READ = 1;
  private static final byte CONVERTED = 2;
  private static final byte UNREADABLE = 3;
  private static final int EXAMPLES = 5;

  private final byte[] states;
  private final Skipped skipped;
  private final List<String> examples = new ArrayList<>();

  ReadingTally(int images, Skipped skipped) {
    states = new byte[images];
    this.skipped = skipped;
    examples.addAll(skipped.examples());
  }

  void read(int place, boolean converted) {
    states[place] = converted ? CONVERTED : READ;
  }

  synchronized void unreadable(int place, String reason) {
    if (states[place] != UNREADABLE && examples.size() < EXAMPLES) {
      examples.add(reason);
    }
    states[place] = UNREADABLE;
  }

  synchronized ReadingReport report() {
    int[] counts = new int[UNREADABLE + 1];
    for (byte state : states) {
      counts[state]++;
    }
    int read = counts[READ] + counts[CONVERTED] + counts[UNREADABLE];
    return new ReadingReport(
        states.length, read, counts[CONVERTED], counts[UNREADABLE], skipped.count(), examples);
  }
}
