package org.stic.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Gzipped tar archives. */
final class TarArchive {
  private TarArchive() {}

  /**
   * Unpacks chosen members into a folder, flat. Nothing else of the archive is written, whatever
   * its members are called.
   *
   * @param folder the members' folder inside the archive
   * @param names the members' names below it
   * @throws DatasetException if a member is absent
   */
  static void extract(Path archive, String folder, Collection<String> names, Path into)
      throws IOException {
    Set<String> missing = new HashSet<>(names);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = nameBelow(folder, entry.getName());
        if (missing.remove(name)) {
          Files.copy(tar, into.resolve(name));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new DatasetException(
          "%s lacks %s".formatted(archive.getFileName(), String.join(", ", List.copyOf(missing))));
    }
  }

  private static String nameBelow(String folder, String member) {
    String prefix = folder + "/";
    return member.startsWith(prefix) ? member.substring(prefix.length()) : "";
  }
}
