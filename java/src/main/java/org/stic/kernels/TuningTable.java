package org.stic.kernels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stic.cuda.Device;
import org.stic.cuda.KernelPreferences;
import org.stic.cuda.MathMode;

/**
 * Which kernel was fastest at which work on one device: what {@code stic tune} writes, and what
 * {@link KernelChoice} goes by.
 *
 * @param schema {@link #SCHEMA}
 * @param device name of the device that was measured
 * @param driver CUDA version of its driver
 * @param entries one for each work and arithmetic
 */
public record TuningTable(String schema, String device, String driver, List<Entry> entries) {

  /** The form of files that this program reads and writes. */
  public static final String SCHEMA = "stic-tuning/1";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * One measurement.
   *
   * @param work an operation and its sizes, {@link KernelCall#work()}
   * @param microseconds the median time of each kernel that can do it
   */
  public record Entry(String work, MathMode math, Map<String, Double> microseconds) {
    public Entry {
      microseconds = Map.copyOf(microseconds);
    }

    /** The name of the kernel that took the least time. */
    String fastest() {
      return microseconds.entrySet().stream()
          .min(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }

  public TuningTable {
    entries = List.copyOf(entries);
  }

  /** A table of a device. */
  public static TuningTable of(Device device, List<Entry> entries) {
    return new TuningTable(
        SCHEMA, device.name(), device.properties().cudaVersion(), List.copyOf(entries));
  }

  /** Where a device's table is kept for all runs of a user. */
  public static Path userFile(Device device) {
    String named = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path cache = named == null || named.isEmpty() ? home : Path.of(named);
    String name = device.name().replaceAll("[^A-Za-z0-9.]+", "-");
    return cache.resolve("stic/tuning-" + name + ".json");
  }

  /**
   * Reads the table of a device.
   *
   * @throws IllegalArgumentException naming the file, if it is of another device or not of this
   *     form
   */
  public static TuningTable read(Path file, Device device) throws IOException {
    try {
      JsonNode content = JSON.readTree(Files.readString(file));
      String schema = content.path("schema").asText();
      if (!schema.equals(SCHEMA)) {
        throw unusable(file, "its schema is '%s', not '%s'".formatted(schema, SCHEMA));
      }
      TuningTable table = JSON.treeToValue(content, TuningTable.class);
      if (!table.device.equals(device.name())) {
        throw unusable(file, "it is of '%s', not of '%s'".formatted(table.device, device.name()));
      }
      return table;
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getOriginalMessage().split("[;`\n]", 2)[0].strip());
    }
  }

  private static IllegalArgumentException unusable(Path file, String reason) {
    return new IllegalArgumentException(
        "%s is no tuning table for this device: %s; make a new one by 'stic tune'"
            .formatted(file, reason));
  }

  /** Writes the table; readers see all of it or none. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, "tuning", ".json");
    Files.writeString(unfinished, JSON.writeValueAsString(this));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same table with more measurements, which replace older ones of the same work. */
  public TuningTable with(List<Entry> more) {
    Map<String, Entry> all = new LinkedHashMap<>();
    entries.forEach(entry -> all.put(key(entry.work, entry.math), entry));
    more.forEach(entry -> all.put(key(entry.work, entry.math), entry));
    return new TuningTable(schema, device, driver, List.copyOf(all.values()));
  }

  /** What a device chooses by: an index of the table. */
  public KernelPreferences preferences() {
    Map<String, String> fastest = new HashMap<>();
    entries.forEach(entry -> fastest.put(key(entry.work, entry.math), entry.fastest()));
    return (work, math) -> Optional.ofNullable(fastest.get(key(work, math)));
  }

  private static String key(String work, MathMode math) {
    return math + " " + work;
  }
}
