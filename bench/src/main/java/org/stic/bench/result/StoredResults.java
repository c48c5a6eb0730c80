package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All result files below a folder, the newest first. */
final class StoredResults {
  /** {@code <date>-<commit>-<name>.json}; other files there are of other programs. */
  private static final Pattern NAME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d-[0-9a-z]+-.+\\.json");

  private StoredResults() {}

  static List<ResultFile> in(Path folder) throws IOException {
    List<ResultFile> files = new ArrayList<>();
    for (Path path : paths(folder)) {
      files.add(ResultFile.read(path));
    }
    files.sort(Comparator.comparing(ResultFile::date).reversed());
    return List.copyOf(files);
  }

  private static List<Path> paths(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ResultException(folder + " is no folder; name one with --results");
    }
    try (Stream<Path> found = Files.walk(folder, 2)) {
      return found
          .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }
}
