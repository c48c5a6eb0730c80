package org.stic.bench.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A peer that is a script, in a process of its own that is spoken to line by line; the lines are
 * described in {@code bench/peers/protocol.py}.
 */
final class PythonPeer implements PeerProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LineProcess process;
  private final Identity identity;
  private final String mode;
  private final Path folder;

  private PythonPeer(LineProcess process, Identity identity, String mode, Path folder) {
    this.process = process;
    this.identity = identity;
    this.mode = mode;
    this.folder = folder;
  }

  /**
   * Starts a script.
   *
   * @param mode how it works, such as {@code eager}; part of its name
   * @throws PeerAbsentException if it cannot work here, in the script's words
   */
  static PythonPeer start(List<String> command, String mode) throws PeerAbsentException {
    LineProcess process = LineProcess.start(command);
    try {
      JsonNode greeting = json(process.answer(Answer.READY));
      String version = greeting.path("version").asText();
      String name = named(greeting.path("name").asText(), version, mode);
      Path folder = Files.createTempDirectory("stic-peer");
      return new PythonPeer(
          process, new Identity(name, version, texts(greeting.path("settings"))), mode, folder);
    } catch (IOException e) {
      process.close();
      throw new UncheckedIOException(e);
    } catch (PeerAbsentException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Its name, with a version's first two numbers: peers of two versions are two peers. */
  static String named(String program, String version, String mode) {
    String numbers =
        Arrays.stream(version.split("\\.", -1)).limit(2).collect(Collectors.joining("."));
    return "%s %s %s".formatted(program, numbers, mode);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a peer's answer is not JSON: " + text, e);
    }
  }

  private static Map<String, String> texts(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<>() {});
  }

  /** Kinds of answers. */
  enum Answer {
    READY,
    SECONDS
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Side prepare(Subject subject, List<Operand> operands) throws PeerAbsentException {
    write(operands);
    String answer =
        process.ask("prepare %s %s %s".formatted(subject.name(), mode, folder), Answer.READY);
    return new PreparedSide(texts(json(answer)));
  }

  private void write(List<Operand> operands) {
    String list =
        operands.stream()
            .map(operand -> operand.name() + sizes(operand) + "\n")
            .collect(Collectors.joining());
    try {
      Files.writeString(folder.resolve("operands.txt"), list);
      for (Operand operand : operands) {
        Files.write(folder.resolve(operand.name() + ".f32"), bytes(operand.values()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sizes(Operand operand) {
    return Arrays.stream(operand.sizes())
        .mapToObj(size -> " " + size)
        .collect(Collectors.joining());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  @Override
  public Optional<double[]> exact() {
    try {
      return Optional.of(array("exact"));
    } catch (PeerAbsentException e) {
      return Optional.empty();
    }
  }

  private double[] array(String which) throws PeerAbsentException {
    Path file = folder.resolve(which + ".f64");
    process.ask("%s %s".formatted(which, file), Answer.READY);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      double[] values = new double[bytes.remaining() / Double.BYTES];
      bytes.asDoubleBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The prepared subject; the process holds one at a time. */
  private final class PreparedSide implements Side {
    private final Map<String, String> settings;

    PreparedSide(Map<String, String> settings) {
      this.settings = settings;
    }

    @Override
    public double[] result() {
      return present(() -> array("result"));
    }

    @Override
    public double seconds(int calls) {
      return Double.parseDouble(present(() -> process.ask("run " + calls, Answer.SECONDS)));
    }

    @Override
    public double processorSeconds() {
      return Double.parseDouble(present(() -> process.ask("processor", Answer.SECONDS)));
    }

    @Override
    public Map<String, String> settings() {
      return settings;
    }

    @Override
    public void close() {
      // The next subject takes its place.
    }
  }

  /** Something that a prepared side cannot lack. */
  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws PeerAbsentException;
  }

  private static <T> T present(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (PeerAbsentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.close();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
