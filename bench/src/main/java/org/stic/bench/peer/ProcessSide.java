package org.stic.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A side whose work is a whole process, from its start to its end; it prints one number. */
final class ProcessSide implements Side {
  private final List<String> command;
  private final List<Path> files;

  /**
   * A side.
   *
   * @param files that are deleted in the end
   */
  ProcessSide(List<String> command, List<Path> files) {
    this.command = command;
    this.files = files;
  }

  /** Runs a command and returns what it prints, without its last line end. */
  static String run(List<String> command) {
    try {
      Path complaints = Files.createTempFile("stic-peer", ".log");
      Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      String complaint = Files.readString(complaints).strip();
      Files.delete(complaints);
      if (status != 0) {
        throw new PeerFailedException(
            "%s ends with status %d: %s".formatted(command.getFirst(), status, complaint));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public double[] result() {
    return new double[] {Double.parseDouble(run(command))};
  }

  @Override
  public double seconds(int calls) {
    long start = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      run(command);
    }
    return 1e-9 * (System.nanoTime() - start);
  }

  /** Processes that have ended use none. */
  @Override
  public double processorSeconds() {
    return 0;
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
