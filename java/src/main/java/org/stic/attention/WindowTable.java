package org.stic.attention;

import java.util.Arrays;

/** Windows as the rows of a table, as {@link Windows#of} reads them. */
final class WindowTable {

  private WindowTable() {}

  static float[] of(Window[] windows) {
    float[] table = new float[windows.length * Windows.PARAMETERS];
    for (int index = 0; index < windows.length; index++) {
      windows[index].put(table, index);
    }
    return table;
  }

  /** The same window for every canvas. */
  static Window[] repeated(Window window, int count) {
    Window[] windows = new Window[count];
    Arrays.fill(windows, window);
    return windows;
  }
}
