package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
  @TempDir Path folder;

  @Test
  void rowsAreAppendedOnceAndShown() throws IOException {
    Path file = folder.resolve("f.json");
    Row row = MadeResults.row(9).samples(MadeResults.samples(0.002, 0.004)).build();
    MadeResults.file(row, MadeResults.row(8).build()).write(file);
    Path results = folder.resolve("results");
    CommandRun added = history(results, "--add", file);
    assertEquals(0, added.code(), added.problem());
    assertTrue(added.out().contains("2 rows appended"), added.out());
    assertTrue(history(results, "--add", file).out().contains("0 rows appended"));
    assertEquals(2, Files.readAllLines(results.resolve("made-gpu/history.jsonl")).size());
    CommandRun shown = history(results, "PRODUCT", "size=9");
    assertEquals(0, shown.code(), shown.problem());
    assertTrue(shown.out().contains("size=9 [host time] on made-gpu"), shown.out());
    assertTrue(shown.out().contains("abc1234  3 ms    2.5 ms to 3.5 ms  "), shown.out());
    assertTrue(!shown.out().contains("size=8"), shown.out());
  }

  @Test
  void damagedLineAndUnknownRowAreNamed() throws IOException {
    Path results = folder.resolve("results");
    Path file = results.resolve("made-gpu/history.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"row\": \"r\"}\n");
    CommandRun run = history(results);
    assertEquals(2, run.code());
    assertTrue(run.problem().startsWith(file + ", line 1: "), run.problem());
    Files.delete(file);
    assertTrue(history(results, "none").problem().contains("contains none"));
    assertEquals(2, history(folder.resolve("absent")).code());
  }

  private static CommandRun history(Path results, Object... words) {
    Object[] all = new Object[words.length + 2];
    all[0] = "--results";
    all[1] = results;
    System.arraycopy(words, 0, all, 2, words.length);
    return CommandRun.of(new HistoryCommand(), all);
  }
}
