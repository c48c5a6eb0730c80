package org.stic.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Packs a folder as a tar.xz whose bytes depend on the files' names, contents and permission to run
 * alone: sorted, with one time and no owner.
 */
final class BundleArchive {
  private static final long SECONDS = 1_767_225_600L; // 2026-01-01, the time of the program's jars
  private static final int PROGRAM = 0755;
  private static final int FILE = 0644;
  private static final int PRESET = 8; // a dictionary larger than the largest library

  private BundleArchive() {}

  /** Packs a folder under its own name. */
  static void write(Path folder, Path archive) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
        OutputStream compressed = new XZOutputStream(file, new LZMA2Options(PRESET));
        TarArchiveOutputStream out = new TarArchiveOutputStream(compressed)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path entry : sorted(folder)) {
        add(entry, folder.getParent().relativize(entry).toString(), out);
      }
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void add(Path file, String name, TarArchiveOutputStream out) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(Files.size(file));
    entry.setModTime(1000 * SECONDS);
    entry.setIds(0, 0);
    entry.setMode(Files.isExecutable(file) ? PROGRAM : FILE);
    out.putArchiveEntry(entry);
    Files.copy(file, out);
    out.closeArchiveEntry();
  }
}
