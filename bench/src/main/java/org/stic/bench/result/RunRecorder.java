package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.stic.bundle.Commit;

/** Notes when a run began and how the machine was, and makes the run's file at its end. */
public final class RunRecorder {
  private static final String HOME = "stic.home";

  private final String name;
  private final String command;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final MachineCondition before;

  private RunRecorder(String name, String command, MachineCondition before) {
    this.name = name;
    this.command = command;
    this.before = before;
  }

  /**
   * Begins now.
   *
   * @param name see {@link ResultFile}
   * @param command that began the run
   * @param before the machine's state now
   */
  public static RunRecorder begin(String name, String command, MachineCondition before) {
    return new RunRecorder(name, command, before);
  }

  /**
   * The file of the run that ends now. On a disturbed machine all rows are flagged.
   *
   * @param after the machine's state now
   * @param ceilings measured in this run; none where nobody asked
   */
  public ResultFile finish(
      DeviceIdentity device, MachineCondition after, List<Ceiling> ceilings, List<Row> rows)
      throws IOException {
    Set<Flag> flags = before.disturbances(after, device.threads());
    return new ResultFile(
        ResultFile.SCHEMA,
        name,
        command,
        device,
        commit(),
        start.toString(),
        version(),
        before,
        after,
        ceilings,
        rows.stream().map(row -> row.withAlso(flags)).toList());
  }

  /** The commit of the checkout, or the one that a bundle names. */
  static String commit() throws IOException {
    Path home = Path.of(System.getProperty(HOME, "."));
    Path named = home.resolve("COMMIT");
    return Files.exists(named) ? Files.readString(named).strip() : Commit.of(home);
  }

  private static String version() {
    String built = RunRecorder.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(built, "from classes");
  }
}
