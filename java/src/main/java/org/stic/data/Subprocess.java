package org.stic.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Runs a command to its end in a given folder. */
final class Subprocess {
  private static final int QUOTED_LINES = 3;

  private Subprocess() {}

  /**
   * Runs a command and waits for it; an interrupt of this thread ends the command too.
   *
   * @param directory where it runs
   * @param log an absent file for what it prints
   * @param remedy what the user can do if it fails, a clause
   * @throws FetchException if the program is not installed or fails, quoting what it printed
   * @throws CancellationException if this thread is interrupted
   */
  static void run(List<String> command, Path directory, Path log, String remedy)
      throws IOException {
    int code = await(start(command, directory, log, remedy));
    if (code != 0) {
      throw new FetchException(
          "'%s' failed with exit code %d (%s); %s"
              .formatted(String.join(" ", command), code, complaint(log), remedy));
    }
  }

  private static Process start(List<String> command, Path directory, Path log, String remedy) {
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new FetchException(
          "the program %s cannot be run (is it installed?); %s"
              .formatted(command.getFirst(), remedy),
          e);
    }
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The lines that speak of a failure, or else the first ones. */
  private static String complaint(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    List<String> failures =
        lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).contains("failed")).toList();
    return (failures.isEmpty() ? lines : failures)
        .stream().limit(QUOTED_LINES).collect(Collectors.joining(" / "));
  }
}
