package org.stic.bench.profile;

import java.util.List;
import java.util.Locale;

/**
 * How all processors of the machine spent their time since it started, in the kernel's ticks of a
 * hundredth of a second: {@code /proc/stat}, see proc(5).
 *
 * @param busy in programs, the system and interrupts
 * @param idle with nothing to do, or waiting for a disk
 * @param stolen running other guests of the same host
 * @param processors how many there are
 */
record ProcessorTimes(long busy, long idle, long stolen, int processors) {
  /** Of Linux, whatever the kernel's own clock. */
  static final double TICKS_PER_SECOND = 100;

  private static final int IDLE = 3;
  private static final int DISK = 4;
  private static final int STOLEN = 7;

  /** Guests' time stands in the columns behind, and again in the first. */
  private static final int COLUMNS = 8;

  /**
   * Reads the lines of the file.
   *
   * @throws IllegalArgumentException if they are of another form
   */
  static ProcessorTimes parse(List<String> lines) {
    String total =
        lines.stream()
            .filter(line -> line.startsWith("cpu "))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("/proc/stat has no line 'cpu'"));
    String[] words = total.strip().split(" +", -1);
    if (words.length <= COLUMNS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "/proc/stat has %d columns, not 9", words.length));
    }
    long[] columns = new long[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      columns[i] = Long.parseLong(words[i + 1]);
    }
    return of(columns, lines.stream().filter(line -> line.matches("cpu\\d.*")).count());
  }

  private static ProcessorTimes of(long[] columns, long processors) {
    long idle = columns[IDLE] + columns[DISK];
    long all = 0;
    for (long column : columns) {
      all += column;
    }
    return new ProcessorTimes(
        all - idle - columns[STOLEN], idle, columns[STOLEN], Math.toIntExact(processors));
  }

  /** What passed since an earlier reading. */
  ProcessorTimes since(ProcessorTimes earlier) {
    return new ProcessorTimes(
        busy - earlier.busy, idle - earlier.idle, stolen - earlier.stolen, processors);
  }

  /** All processors' ticks. */
  long total() {
    return busy + idle + stolen;
  }
}
