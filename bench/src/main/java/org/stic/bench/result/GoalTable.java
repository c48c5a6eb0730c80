package org.stic.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of the table of goals, a TOML file of {@code [[line]]}s. */
final class GoalTable {
  private static final TomlMapper TOML = new TomlMapper();

  private GoalTable() {}

  /**
   * Reads a file.
   *
   * @throws ResultException naming the file, the line of the table and the field
   */
  static List<TableEntry> read(Path file) throws IOException {
    JsonNode lines = parse(file).path("line");
    if (!lines.isArray()) {
      throw new ResultException(file + ": has no [[line]]");
    }
    List<TableEntry> entries = new ArrayList<>();
    for (JsonNode line : lines) {
      String place = "%s, line %d of the table".formatted(file, entries.size() + 1);
      entries.add(ResultJson.convert(line, TableEntry.class, place));
    }
    return List.copyOf(entries);
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      return TOML.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ResultException(
          "%s: not TOML: %s".formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }
}
