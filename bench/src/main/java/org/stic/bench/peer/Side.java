package org.stic.bench.peer;

import java.util.Map;

/** One of the two programs, with a subject prepared. */
interface Side extends AutoCloseable {

  /** What one call on the operands yields; comes before the first timing. */
  double[] result();

  /** Seconds by the clock of a number of calls that follow each other, until the last is done. */
  double seconds(int calls);

  /**
   * Seconds of processor time that the side's process has used so far, while nothing runs: what it
   * still uses is threads that wait busily.
   */
  double processorSeconds();

  /** What was chosen for this subject, such as a memory format. */
  default Map<String, String> settings() {
    return Map.of();
  }

  @Override
  void close();
}
