package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.kernels.Cost;

class TableCommandTest {
  private static final DeviceIdentity PROCESSOR =
      new DeviceIdentity("Made CPU", DeviceIdentity.Kind.CPU, "CUDA 12.6", "Made CPU", 2);

  @TempDir Path folder;
  private Path goals;
  private Path results;
  private Path readme;

  @BeforeEach
  void writeGoals() throws IOException {
    results = Files.createDirectory(folder.resolve("results"));
    readme = folder.resolve("README.md");
    goals =
        Files.writeString(
            folder.resolve("goals.toml"),
            line("cpu", "a product", "value", MadeResults.NAME, "host", "parameters={size=\"9\"}")
                + line("cpu", "its rate", "arithmetic", MadeResults.NAME, "host", "")
                + line("cpu", "of its roof", "share", MadeResults.NAME, "host", "")
                + line("cpu", "a duel", "ratio", "peers.duel", "peer-ratio", "peer=\"Py\"")
                + line("cpu", "all duels", "ratio", "peers.many", "peer-ratio", "")
                + line("cpu", "no peer", "ratio", "peers.none", "peer-ratio", "")
                + line("gpu", "a dream", "value", "Bench.dream", "host", ""));
  }

  private static String line(
      String device, String what, String show, String benchmark, String kind, String more) {
    return """
    [[line]]
    device = "%s"
    what = "%s"
    goal = "fast"
    command = "stic bench"
    show = "%s"
    benchmark = "%s"
    kind = "%s"
    %s
    """
        .formatted(device, what, show, benchmark, kind, more);
  }

  @Test
  void cellsComeFromTheNewestRows() throws IOException {
    store(row(9, 5.0), "2026-01-01T00:00:00Z");
    store(row(9, 0.002), "2026-02-01T00:00:00Z");
    ResultFile duels =
        MadeResults.file(
            PROCESSOR,
            duel("peers.duel", "1", 2, 3),
            duel("peers.many", "1", 1, 4),
            duel("peers.many", "2", 1, 1),
            Row.of("peers.none", Map.of(), RowKind.PEER_RATIO)
                .peer(Peer.absent("oneDNN", "no library was found"))
                .build());
    duels.write(duels.placeIn(results));
    String table = table();
    assertTrue(table.startsWith("On Made CPU, threads: 2; measured 2026-02-01 (abc1234),"), table);
    assertTrue(table.contains("| a product | 2 ms | fast | `stic bench` |"), table);
    assertTrue(table.contains("| its rate | 1,000 GFLOP/s | fast |"), table);
    assertTrue(table.contains("| of its roof | 50 % of the ceiling of the same run |"), table);
    assertTrue(table.contains("| a duel | 1.50x (1.50–1.50) |"), table);
    assertTrue(
        table.contains("| all duels | 2.00x in the geometric mean of 2, least 1.00x |"), table);
    assertTrue(table.contains("| no peer | absent: no library was found |"), table);
    assertTrue(
        table.contains("What is wanted of a GPU; nothing was measured on one.\n\n| what |"), table);
    assertTrue(table.contains("| a dream | not measured yet | fast |"), table);
  }

  @Test
  void nothingStoredIsNotMeasured() {
    String table = table();
    assertTrue(table.startsWith("What is wanted of a CPU; nothing was measured on one."), table);
    assertEquals(7, table.lines().filter(line -> line.contains("| not measured yet |")).count());
  }

  @Test
  void readmeIsWrittenBetweenItsMarks() throws IOException {
    Files.writeString(
        readme, "head\n%s\nold\n%s\ntail\n".formatted(TableCommand.BEGIN, TableCommand.END));
    CommandRun run = run("--readme", readme);
    assertEquals(0, run.code(), run.problem());
    String text = Files.readString(readme);
    assertTrue(text.startsWith("head\n" + TableCommand.BEGIN + "\nWhat is wanted of a CPU"), text);
    assertTrue(text.endsWith("|\n" + TableCommand.END + "\ntail\n"), text);
    assertFalse(text.contains("old"), text);
    Files.writeString(readme, "no marks\n");
    assertEquals(2, run("--readme", readme).code());
    assertEquals("no marks\n", Files.readString(readme));
  }

  @Test
  void wrongGoalsAreNamed() throws IOException {
    assertRefused("[[line]]\ndevice=\"tpu\"", "line 1 of the table: 'device' must be one of");
    assertRefused("[[line]]\ndevice=\"cpu\"", "line 1 of the table: 'what' is missing");
    assertRefused("[[line]", "not TOML");
    assertRefused("", "has no [[line]]");
  }

  private void assertRefused(String text, String expected) throws IOException {
    Files.writeString(goals, text);
    CommandRun run = run();
    assertEquals(2, run.code());
    assertTrue(run.problem().startsWith(goals.toString()), run.problem());
    assertTrue(run.problem().contains(expected), run.problem());
  }

  /** The file that the README's table is made with. */
  @Test
  void publishedGoalsAreReadable() throws IOException {
    List<TableEntry> entries = GoalTable.read(Path.of("goals.toml").toAbsolutePath());
    assertTrue(entries.size() > 20, entries::toString);
  }

  private String table() {
    CommandRun run = run();
    assertEquals(0, run.code(), run.problem());
    return run.out();
  }

  private CommandRun run(Object... more) {
    Object[] words = new Object[4 + more.length];
    System.arraycopy(new Object[] {"--results", results, "--goals", goals}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return CommandRun.of(new TableCommand(), words);
  }

  private void store(Row row, String date) throws IOException {
    ResultFile plain = MadeResults.file(PROCESSOR, row);
    ResultFile dated =
        new ResultFile(
            plain.schema(),
            plain.name(),
            plain.command(),
            plain.device(),
            plain.commit(),
            date,
            plain.version(),
            plain.before(),
            plain.after(),
            List.of(
                plain.ceilings().getFirst(),
                new Ceiling(Ceiling.Kind.MATRIX, "float32", "made", List.of(2000.0))),
            plain.rows());
    dated.write(dated.placeIn(results));
  }

  private static Row row(int size, double seconds) {
    return MadeResults.row(size)
        .samples(MadeResults.samples(seconds))
        .work(new Cost(8, 2_000_000_000))
        .build();
  }

  private static Row duel(String subject, String sizes, double ours, double theirs) {
    return Row.of(subject, Map.of("sizes", sizes), RowKind.PEER_RATIO)
        .samples(MadeResults.samples(ours))
        .peer(Peer.measured("PyTorch", "2", Map.of(), MadeResults.samples(theirs)))
        .build();
  }
}
