package org.stic.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A chart as a picture of its own. */
public final class ChartFile {
  private ChartFile() {}

  /** Writes an SVG file, complete or not at all. */
  public static void write(Chart chart, Path file) throws IOException {
    AtomicFile.write(file, ChartRenderer.file(chart).getBytes(StandardCharsets.UTF_8));
  }
}
