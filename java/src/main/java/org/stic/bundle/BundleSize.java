package org.stic.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How large a bundle may be: it is carried to machines that are lent for minutes. */
final class BundleSize {
  static final long MOST_UNPACKED = 64L << 20;
  static final long MOST_PACKED = 35L << 20;

  private static final int NAMED = 3;

  private BundleSize() {}

  /** The bytes of all files of a folder; refused over the limit, with the largest files' names. */
  static long unpacked(Path folder, long limit) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      long bytes = all.stream().mapToLong(BundleSize::size).sum();
      require(
          bytes <= limit,
          "unpacked",
          bytes,
          limit,
          "; the largest files are " + largest(folder, all));
      return bytes;
    }
  }

  /** The bytes of an archive; refused over the limit. */
  static long packed(Path archive, long limit) throws IOException {
    long bytes = Files.size(archive);
    require(bytes <= limit, "packed", bytes, limit, "");
    return bytes;
  }

  /** A number of bytes for people. */
  static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / (double) (1 << 20));
  }

  private static void require(boolean fits, String what, long bytes, long limit, String hint)
      throws BundleException {
    if (!fits) {
      throw new BundleException(
          "the bundle has %s %s, but may have %s%s"
              .formatted(mebibytes(bytes), what, mebibytes(limit), hint));
    }
  }

  private static String largest(Path folder, List<Path> files) {
    return files.stream()
        .sorted(Comparator.comparingLong(BundleSize::size).reversed())
        .limit(NAMED)
        .map(file -> "%s (%s)".formatted(folder.relativize(file), mebibytes(size(file))))
        .collect(Collectors.joining(", "));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
