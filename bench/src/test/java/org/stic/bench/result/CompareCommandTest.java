package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;

  @Test
  void slowerEndsWithOne() throws IOException {
    CommandRun run = compare(1, 1.5);
    assertEquals(1, run.code(), run.problem());
    assertTrue(run.out().contains("SLOWER   Bench03MatrixProduct.product size=1"), run.out());
    assertTrue(run.out().contains("+50.0%"), run.out());
    assertTrue(run.out().contains("1 SLOWER, 0 SAME"), run.out());
  }

  @Test
  void fasterAndSameEndWithNothing() throws IOException {
    assertEquals(0, compare(1, 0.5).code());
    CommandRun same = compare(1, 1);
    assertEquals(0, same.code());
    assertTrue(same.out().contains("SAME "), same.out());
  }

  @Test
  void programsGetOneObject() throws IOException {
    CommandRun run = compare(1, 1.5, "--json");
    assertEquals(1, run.out().lines().count());
    assertTrue(run.out().contains("\"verdict\":\"SLOWER\""), run.out());
    assertTrue(run.out().contains("\"level\":1.0E-4"), run.out());
  }

  @Test
  void wrongUseEndsWithTwo() throws IOException {
    assertEquals(2, compare(1, 1, "--level", "2").code());
    assertEquals(2, compare(1, 1, "--effect", "0").code());
    Path old = Files.writeString(folder.resolve("old.json"), "{\"schema\": \"other/9\"}");
    CommandRun run = CommandRun.of(new CompareCommand(), old, old);
    assertEquals(2, run.code());
    assertEquals(
        old + ": its schema is \"other/9\", but this program reads \"stic-bench/1\"",
        run.problem());
    assertEquals(2, CommandRun.of(new CompareCommand(), old).code());
  }

  private CommandRun compare(double before, double after, String... options) throws IOException {
    Path first = folder.resolve("before.json");
    Path second = folder.resolve("after.json");
    file(before).write(first);
    file(after).write(second);
    Object[] words = new Object[options.length + 2];
    words[0] = first;
    words[1] = second;
    System.arraycopy(options, 0, words, 2, options.length);
    return CommandRun.of(new CompareCommand(), words);
  }

  private static ResultFile file(double seconds) {
    List<Double> samples =
        IntStream.range(0, 20).mapToObj(k -> seconds * (1 + 1e-4 * (k * 7 % 20))).toList();
    return MadeResults.file(MadeResults.row(1).samples(samples).build());
  }
}
