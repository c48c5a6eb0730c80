package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one run of benchmarks found, as it is stored.
 *
 * @param schema name and version of this form, {@value #SCHEMA}
 * @param name what was measured, a word for file names such as {@code suite} or {@code peers}
 * @param command that makes such a file again
 * @param device what measured
 * @param commit the program's state, as git abbreviates it
 * @param date when the run began, such as {@code 2026-11-23T04:00:00Z}
 * @param version of the program
 * @param before the machine before the run
 * @param after the machine after the run
 * @param ceilings measured in the same run; none where nobody asked
 * @param rows what was measured, no two with the same key
 */
public record ResultFile(
    String schema,
    String name,
    String command,
    DeviceIdentity device,
    String commit,
    String date,
    String version,
    MachineCondition before,
    MachineCondition after,
    List<Ceiling> ceilings,
    List<Row> rows) {
  /** The form that this program writes and reads. */
  public static final String SCHEMA = "stic-bench/1";

  public ResultFile {
    Require.text("schema", schema);
    if (!Require.text("name", name).matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "'name' is '%s', but must be of small letters, digits and hyphens".formatted(name));
    }
    Require.present("command", command);
    Require.present("device", device);
    Require.text("commit", commit);
    requireInstant(Require.text("date", date));
    Require.text("version", version);
    Require.present("before", before);
    Require.present("after", after);
    ceilings = List.copyOf(Require.elements("ceilings", ceilings));
    rows = List.copyOf(Require.elements("rows", rows));
    requireDistinct(rows);
  }

  private static void requireInstant(String date) {
    try {
      Instant.parse(date);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'date' is '%s', but must be like 2026-11-23T04:00:00Z".formatted(date), e);
    }
  }

  private static void requireDistinct(List<Row> rows) {
    Set<RowKey> known = new HashSet<>();
    for (Row row : rows) {
      if (!known.add(row.key())) {
        throw new IllegalArgumentException("'rows' has '%s' twice".formatted(row.key()));
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws ResultException naming the file and the field that is wrong
   */
  public static ResultFile read(Path file) throws IOException {
    return ResultJson.read(file);
  }

  /** Writes a file, complete or not at all. */
  public void write(Path file) throws IOException {
    ResultJson.write(this, file);
  }

  /** The file's place: {@code <results>/<device>/<date>-<commit>-<name>.json}. */
  public Path placeIn(Path results) {
    String day = date.substring(0, date.indexOf('T'));
    return results.resolve(device.folder()).resolve("%s-%s-%s.json".formatted(day, commit, name));
  }

  /** The row with a key. */
  public Optional<Row> find(RowKey key) {
    return rows.stream().filter(row -> row.key().equals(key)).findFirst();
  }

  /** The ceiling of a kind, the highest where several arithmetics have one. */
  public Optional<Ceiling> highest(Ceiling.Kind kind) {
    return ceilings.stream()
        .filter(ceiling -> ceiling.kind() == kind)
        .max(Comparator.comparingDouble(Ceiling::rate));
  }
}
