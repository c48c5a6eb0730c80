package org.stic.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stic.report.MetricsFile;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;

/**
 * The folder that keeps a run:
 *
 * <pre>
 *   config.toml                        complete settings
 *   metrics.jsonl                      one line per pass
 *   start.json                         weights that the run began with, where it was given some
 *   checkpoints/pass-NNN.safetensors   all state after a pass
 *   samples/pass-NNN.png               drawings after a pass
 *   evaluation/pass-NNN.json           what else was seen of a pass, for its report
 *   evaluation/nearest-NNN.png         drawings of the last pass over their nearest training images
 *   tensorboard/events.out.tfevents.*  the same measurements for TensorBoard
 * </pre>
 *
 * @param folder its place
 * @param configuration the settings in config.toml
 */
public record RunDirectory(Path folder, Configuration configuration) {
  private static final String CONFIGURATION = "config.toml";
  private static final String METRICS = "metrics.jsonl";
  private static final String START = "start.json";
  private static final Pattern CHECKPOINT = Pattern.compile("pass-(\\d{3,})\\.safetensors");
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Requires that a folder holds no run yet.
   *
   * @throws ConfigurationException if one is there
   */
  public static void requireFree(Path folder) {
    if (Files.exists(folder.resolve(CONFIGURATION))) {
      throw new ConfigurationException(
          folder
              + " already holds a run; continue it with --resume or name another folder with"
              + " --out");
    }
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws ConfigurationException if a run is there already
   */
  public static RunDirectory create(Path folder, Configuration configuration) throws IOException {
    requireFree(folder);
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.createDirectories(folder.resolve("samples"));
    replace(folder.resolve(CONFIGURATION), ConfigurationFile.write(configuration));
    return new RunDirectory(folder, configuration);
  }

  /**
   * Opens the folder of an existing run.
   *
   * @throws ConfigurationException if there is none, or another version of the program made it
   */
  public static RunDirectory open(Path folder) throws IOException {
    Path file = folder.resolve(CONFIGURATION);
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          folder + " holds no run: config.toml is missing; name the folder that 'stic train' made");
    }
    return new RunDirectory(folder, ConfigurationFile.readComplete(file));
  }

  /** Keeps which weights the run begins with. */
  void beginWith(StartWeights weights) throws IOException {
    replace(folder.resolve(START), JSON.writeValueAsString(weights) + "\n");
  }

  /** The weights that the run begins with; empty where it trains its start. */
  Optional<StartWeights> startWeights() throws IOException {
    Path file = folder.resolve(START);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), StartWeights.class))
        : Optional.empty();
  }

  /** The checkpoint file of a pass. */
  public Path checkpoint(int pass) {
    return folder.resolve("checkpoints").resolve("pass-%03d.safetensors".formatted(pass));
  }

  /** The picture of a pass's drawings. */
  public Path samples(int pass) {
    return folder.resolve("samples").resolve("pass-%03d.png".formatted(pass));
  }

  /** What else was seen of a pass, as JSON. */
  public Path evaluation(int pass) {
    return folder.resolve("evaluation").resolve("pass-%03d.json".formatted(pass));
  }

  /** The picture of a pass's drawings over the training images that are nearest to them. */
  public Path nearest(int pass) {
    return folder.resolve("evaluation").resolve("nearest-%03d.png".formatted(pass));
  }

  /** The folder of TensorBoard's events. */
  public Path tensorboard() {
    return folder.resolve("tensorboard");
  }

  /** The file of metrics, one JSON object a line. */
  public Path metrics() {
    return folder.resolve(METRICS);
  }

  /** The last pass that has a checkpoint; empty before the first. */
  public OptionalInt lastPass() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files
          .map(file -> CHECKPOINT.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(match -> Integer.parseInt(match.group(1)))
          .max();
    }
  }

  /** The metrics of the passes so far, oldest first, as JSON objects. */
  public List<JsonNode> readMetrics() throws IOException {
    return new MetricsFile(metrics()).read();
  }

  /**
   * What else was seen of a pass, as a JSON object; empty for runs of versions that did not keep
   * it.
   */
  public Optional<JsonNode> readEvaluation(int pass) throws IOException {
    Path file = evaluation(pass);
    return Files.exists(file) ? Optional.of(readJson(file)) : Optional.empty();
  }

  private static JsonNode readJson(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: it holds no JSON object", e);
    }
  }

  void write(PassRecord seen) throws IOException {
    Path file = evaluation(seen.pass());
    Files.createDirectories(file.getParent());
    replace(file, MetricsFile.toJson(seen) + "\n");
  }

  void append(PassMetrics measured) throws IOException {
    new MetricsFile(metrics()).append(measured);
  }

  /** Drops the metrics of passes after {@code pass}, and a last line that was cut off. */
  void truncateMetrics(int pass) throws IOException {
    if (Files.exists(metrics())) {
      List<String> lines = Files.readAllLines(metrics());
      List<String> kept = lines.stream().filter(line -> isOfPassUpTo(line, pass)).toList();
      replace(metrics(), kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
    }
  }

  private static boolean isOfPassUpTo(String line, int pass) {
    try {
      JsonNode number = JSON.readTree(line).path("pass");
      return number.isInt() && number.intValue() <= pass;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".partial");
    Files.writeString(temporary, text);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
