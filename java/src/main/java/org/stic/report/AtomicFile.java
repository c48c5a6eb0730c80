package org.stic.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear complete or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes under a temporary name in the same folder and renames; makes the folder if needed. */
  public static void write(Path file, byte[] content) throws IOException {
    Path complete = file.toAbsolutePath();
    Path temporary = complete.resolveSibling("." + complete.getFileName() + ".partial");
    Files.createDirectories(complete.getParent());
    try {
      Files.write(temporary, content);
      Files.move(temporary, complete, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
