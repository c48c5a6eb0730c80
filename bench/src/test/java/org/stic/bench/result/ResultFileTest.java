package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.stic.kernels.Cost;

class ResultFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("result.json");
  }

  @Test
  void allThatIsWrittenIsReadAgain() throws IOException {
    ResultFile result = everything();
    result.write(file);
    assertEquals(result, ResultFile.read(file));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList(), "no temporary file stays");
    }
  }

  @Test
  void namesOfTheFormAreStable() throws IOException {
    everything().write(file);
    String text = Files.readString(file);
    for (String part :
        List.of(
            "\"schema\" : \"stic-bench/1\"",
            "\"kind\" : \"peer-ratio\"",
            "\"kind\" : \"gpu\"",
            "\"better\" : \"lower\"",
            "\"flags\" : [ \"throttled\", \"loaded\" ]",
            "\"samples\" : [ 0.5, 0.25 ]",
            "\"absent\" : \"no Python with it was found\"",
            "\"throttle_reasons\" : [ \"power cap\" ]",
            "\"load_average\" : 1.5")) {
      assertTrue(text.contains(part), () -> part + " is not in " + text);
    }
  }

  @Test
  void placeSaysDeviceDayCommitAndName() {
    assertEquals(
        Path.of("results/made-gpu/2026-01-02-abc1234-suite.json"),
        MadeResults.file().placeIn(Path.of("results")));
    DeviceIdentity processor =
        new DeviceIdentity("CPU", DeviceIdentity.Kind.CPU, "CUDA 12.6", "Made(R) 7 @ 3 GHz", 2);
    assertEquals("made-r-7-2-threads", processor.folder());
  }

  @Test
  void anotherSchemaIsRefused() throws IOException {
    assertRefused("{\"schema\": 1}", "its schema is 1, but this program reads \"stic-bench/1\"");
    assertRefused("{}", "its schema is not named, but this program reads \"stic-bench/1\"");
    assertRefused("", "its schema is not named, but this program reads \"stic-bench/1\"");
    assertRefused("[[[", "not JSON: line 1: Unexpected end-of-input");
    assertRefused("{\"schema\": \"stic-bench/1\"} x", "not JSON: line 1: Unrecognized token 'x'");
    assertRefused("[".repeat(100_000), "not a result: Document nesting depth");
  }

  @Test
  void eachFieldIsNeeded() throws IOException {
    everything().write(file);
    String text = Files.readString(file);
    for (String field :
        List.of("name", "command", "commit", "date", "version", "benchmark", "unit", "better")) {
      String without = text.replaceFirst("\"%s\" : \"[^\"]*\",".formatted(field), "");
      assertRefused(without, "'" + field + "' is missing");
    }
    for (String field : List.of("bytes", "flops", "discarded", "load_average", "threads")) {
      String without = text.replaceFirst("\"%s\" : [0-9.]+,?".formatted(field), "");
      String complete = without.replaceFirst(",\\s*}", "}");
      assertRefused(complete, field + "' is missing");
    }
  }

  @Test
  void wrongTypesAndValuesAreNamed() throws IOException {
    assertRefusedAfter("\"bytes\" : 64", "\"bytes\" : \"64\"", "'rows[0].bytes' must be a number");
    assertRefusedAfter("\"bytes\" : 64", "\"bytes\" : 6.5", "'rows[0].bytes' must be a number");
    assertRefusedAfter("[ 0.5, 0.25 ]", "[ 0.5, null ]", "in 'rows[0]' 'samples' holds null");
    assertRefusedAfter("[ 0.5, 0.25 ]", "[ 0.5, \"x\" ]", "'rows[0].samples[1]' must be a number");
    assertRefusedAfter(
        "[ 0.5, 0.25 ]", "[ 0.5, -1 ]", "'samples[1]' is -1.0, but must be a finite number");
    assertRefusedAfter("[ 0.5, 0.25 ]", "[ 1e999 ]", "'samples[0]' is Infinity");
    assertRefusedAfter("[ 0.5, 0.25 ]", "{ }", "'rows[0].samples' must be a list");
    assertRefusedAfter("[ 0.5, 0.25 ]", "[ ]", "in 'rows[0]' 'samples' is empty");
    assertRefusedAfter("\"host\"", "\"guest\"", "'rows[0].kind' must be one of [\"host\",");
    assertRefusedAfter("\"loaded\"", "\"lazy\"", "must be one of [\"throttled\",\"loaded\"]");
    assertRefusedAfter("2026-01-02T03:04:05Z", "yesterday", "'date' is 'yesterday', but must be");
    assertRefusedAfter("\"suite\"", "\"../up\"", "'name' is '../up', but must be of small letters");
    assertRefusedAfter("\"size\" : \"7\"", "\"size\" : null", "'parameters' holds null");
    assertRefusedAfter("\"flops\"", "\"flips\" : 1, \"flops\"", "unknown field 'rows[0].flips'");
    assertRefusedAfter("\"flops\"", "\"bytes\" : 1, \"flops\"", "Duplicate field 'bytes'");
  }

  @Test
  void rowsThatContradictThemselvesAreRefused() {
    Peer peer = Peer.measured("oneDNN", "3", Map.of(), MadeResults.samples(1, 2));
    assertMessage("they are pairs", () -> pairs(peer, 1).build());
    assertMessage("'peer' belongs to rows", () -> MadeResults.row(1).peer(peer).build());
    assertMessage("'samples' is empty", () -> MadeResults.row(1).samples(List.of()).build());
    assertMessage("absent", () -> Peer.measured("oneDNN", "3", Map.of(), List.of()));
    Row row = MadeResults.row(1).build();
    assertMessage("twice", () -> MadeResults.file(row, row));
  }

  @Test
  void absentFilesAndFoldersAreRefused() {
    for (Path path : List.of(folder.resolve("none.json"), folder)) {
      String message =
          assertThrows(ResultException.class, () -> ResultFile.read(path)).getMessage();
      assertEquals(path + ": is no file; name one that --out has written", message);
    }
  }

  @Test
  void absentPeerHasNoRatio() {
    Row row = pairs(Peer.absent("PyTorch", "no Python with it was found")).build();
    assertFalse(row.isMeasured());
    Row measured =
        pairs(Peer.measured("P", "1", Map.of(), MadeResults.samples(4, 9)), 2, 3).build();
    assertEquals(2.5, measured.ratios().median());
  }

  private static RowBuilder pairs(Peer peer, double... samples) {
    return Row.of("B.m", Map.of(), RowKind.PEER_RATIO)
        .samples(MadeResults.samples(samples))
        .peer(peer);
  }

  private static ResultFile everything() {
    Row timed =
        MadeResults.row(7)
            .kernel("matrix_product")
            .samples(MadeResults.samples(0.5, 0.25))
            .discarded(3)
            .work(new Cost(64, 128))
            .flag(Flag.LOADED)
            .flag(Flag.THROTTLED)
            .build();
    Row efficient =
        Row.of("B.m", Map.of(), RowKind.EFFICIENCY)
            .quantity("effective samples per second", Better.HIGHER)
            .unit("1/s")
            .samples(MadeResults.samples(7))
            .build();
    Row absent = pairs(Peer.absent("PyTorch", "no Python with it was found")).build();
    ResultFile plain = MadeResults.file(timed, efficient, absent);
    var gpu = new MachineCondition.Gpu(1980, 300, 55, List.of("power cap"));
    return new ResultFile(
        plain.schema(),
        plain.name(),
        plain.command(),
        plain.device(),
        plain.commit(),
        plain.date(),
        plain.version(),
        plain.before(),
        new MachineCondition(1.5, 4, 2, 0.5, gpu),
        plain.ceilings(),
        plain.rows());
  }

  private void assertRefusedAfter(String from, String to, String expected) throws IOException {
    everything().write(file);
    String text = Files.readString(file);
    assertTrue(text.contains(from), from);
    int place = text.indexOf(from);
    assertRefused(text.substring(0, place) + to + text.substring(place + from.length()), expected);
  }

  private void assertRefused(String content, String expected) throws IOException {
    Files.writeString(file, content);
    String message = assertThrows(ResultException.class, () -> ResultFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(expected), () -> "'%s' is not in: %s".formatted(expected, message));
    assertEquals(1, message.lines().count(), message);
  }

  private static void assertMessage(String expected, Executable wrong) {
    String message = assertThrows(IllegalArgumentException.class, wrong).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
