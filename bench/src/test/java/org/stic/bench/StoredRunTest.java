package org.stic.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.bench.result.ResultFile;
import org.stic.bench.result.Row;
import org.stic.bench.result.RowKind;

/** What a run leaves behind, read back by the reader that refuses whatever is not of the schema. */
class StoredRunTest {
  private static final List<String> SHORT =
      List.of("-f", "0", "-wi", "0", "-i", "3", "-r", "5ms", "-v", "SILENT");
  private static final int SIZE = 17;

  @TempDir private Path folder;

  @BeforeAll
  static void runBesideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  private static int run(StringWriter problems, Stream<String> words) {
    PrintWriter results = new PrintWriter(new StringWriter());
    return Main.run(words.toArray(String[]::new), results, new PrintWriter(problems));
  }

  @Test
  void aRunOfTheSuiteIsStored() throws IOException {
    Path file = folder.resolve("new/result.json");
    StringWriter problems = new StringWriter();
    List<String> words =
        List.of("Bench06", "-p", "size=" + SIZE, "-p", "form=NT", "--device", "cpu", "--out");
    Stream<String> all =
        Stream.of(words.stream(), Stream.of(file.toString()), SHORT.stream()).flatMap(word -> word);
    assertEquals(ExitCodes.DONE, run(problems, all), problems.toString());
    ResultFile stored = ResultFile.read(file);
    assertTrue(stored.command().startsWith("stic bench Bench06 -p size=17"), stored.command());
    assertFalse(stored.ceilings().isEmpty());
    Row row = stored.rows().getFirst();
    assertEquals("Bench06DenseProduct.product", row.benchmark());
    assertEquals("NT", row.parameters().get("form"));
    assertEquals(RowKind.HOST, row.kind());
    assertEquals(3, row.samples().size());
    assertEquals(2L * SIZE * SIZE * SIZE, row.flops());
    assertEquals(3L * Float.BYTES * SIZE * SIZE, row.bytes());
  }

  @Test
  void aMeasurementOfEfficiencyIsStored() throws IOException {
    Path file = folder.resolve("efficiency.json");
    StringWriter problems = new StringWriter();
    String words =
        "efficiency --device cpu --targets gaussian --samplers mala --steps 300 --repeats 2 --out";
    Stream<String> all = Stream.concat(Stream.of(words.split(" ")), Stream.of(file.toString()));
    assertEquals(ExitCodes.DONE, run(problems, all), problems.toString());
    List<Row> rows = ResultFile.read(file).rows();
    assertTrue(rows.stream().allMatch(row -> row.kind() == RowKind.EFFICIENCY));
    assertEquals("Efficiency.mala", rows.getFirst().benchmark());
    assertEquals(2, rows.getFirst().samples().size());
  }
}
