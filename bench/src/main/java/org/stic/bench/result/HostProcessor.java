package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processor of this machine, as Linux describes it. */
final class HostProcessor {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final List<String> EXTENSIONS = List.of("avx512f", "avx2", "sse4_2");

  private HostProcessor() {}

  /** Its model and the widest vector extension, such as {@code AMD EPYC with avx2}. */
  static String model() {
    List<String> lines = lines();
    String flags = " " + value(lines, "flags") + " ";
    String name = value(lines, "model name");
    return EXTENSIONS.stream()
        .filter(extension -> flags.contains(" " + extension + " "))
        .findFirst()
        .map(extension -> name + " with " + extension)
        .orElse(name);
  }

  /** Threads that kernels on the CPU use: all, or what {@code STIC_SIMT_WORKERS} says. */
  static int threads() {
    String chosen = System.getenv("STIC_SIMT_WORKERS");
    return chosen != null && chosen.matches("[1-9][0-9]{0,4}")
        ? Integer.parseInt(chosen)
        : Runtime.getRuntime().availableProcessors();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(DESCRIPTION);
    } catch (IOException _) {
      return List.of();
    }
  }

  private static String value(List<String> lines, String key) {
    Stream<String> found = lines.stream().filter(line -> line.startsWith(key));
    return found
        .filter(line -> line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
