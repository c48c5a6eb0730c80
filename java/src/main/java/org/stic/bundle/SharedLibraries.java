package org.stic.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes shared libraries smaller: without the symbols that only debuggers read. */
final class SharedLibraries {
  private SharedLibraries() {}

  /** Strips every library of a tree, where binutils' strip is installed. */
  static void strip(Path tree) throws IOException {
    List<String> command = new ArrayList<>(List.of("strip", "--strip-unneeded"));
    try (Stream<Path> files = Files.walk(tree)) {
      files
          .filter(file -> file.getFileName().toString().matches(".*\\.so(\\.[0-9.]+)?"))
          .sorted()
          .forEach(file -> command.add(file.toString()));
    }
    if (command.size() > 2 && isInstalled()) {
      run(command);
    }
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strip")));
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("strip failed: " + text.strip().replaceAll("\\s+", " "));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
