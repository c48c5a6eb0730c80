package org.stic.bench.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A process that answers every line with one line: a word, then a text. Ends it when closed. */
final class LineProcess implements AutoCloseable {
  private static final int LAST_WORDS = 400;
  private static final int GRACE_SECONDS = 5;

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final Path complaints;

  private LineProcess(Process process, Path complaints) {
    this.process = process;
    this.complaints = complaints;
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a command.
   *
   * @throws PeerAbsentException if there is no such program
   */
  static LineProcess start(List<String> command) throws PeerAbsentException {
    try {
      Path complaints = Files.createTempFile("stic-peer", ".log");
      try {
        Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        return new LineProcess(process, complaints);
      } catch (IOException e) {
        Files.delete(complaints);
        throw new PeerAbsentException(command.getFirst() + " cannot be started");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a line and waits for its answer. */
  String ask(String line, PythonPeer.Answer expected) throws PeerAbsentException {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException e) {
      throw died(line);
    }
    return answer(expected);
  }

  /**
   * The text of the next answer.
   *
   * @throws PeerAbsentException if it is "absent"
   * @throws PeerFailedException if it is an error, or none
   */
  String answer(PythonPeer.Answer expected) throws PeerAbsentException {
    String line = readLine();
    if (line == null) {
      throw died("its start");
    }
    String[] words = line.split(" ", 2);
    String text = words.length > 1 ? words[1].strip() : "";
    if (words[0].equals("absent")) {
      throw new PeerAbsentException(text);
    }
    if (!words[0].equals(expected.name().toLowerCase(Locale.ROOT))) {
      throw new PeerFailedException("the peer answers '%s'".formatted(line));
    }
    return text;
  }

  private String readLine() {
    try {
      return out.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PeerFailedException died(String at) {
    return new PeerFailedException("the peer ended at '%s': %s".formatted(at, lastWords()));
  }

  private String lastWords() {
    try {
      String text = Files.readString(complaints).strip();
      return text.substring(Math.max(0, text.length() - LAST_WORDS)).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      out.close();
      Files.deleteIfExists(complaints);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
