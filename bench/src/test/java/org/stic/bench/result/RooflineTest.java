package org.stic.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.kernels.Cost;

/** On a made device of 100 GB/s and 2,000 GFLOP/s: its ridge is at 20 FLOP for each byte. */
class RooflineTest {
  private static final double EXACT = 1e-9;

  @TempDir Path folder;

  @Test
  void pointsAreWorkOverBytesAndTime() {
    Row row = row(1, 0.5, 4_000_000_000L, 8_000_000_000L);
    Roofline roofline = Roofline.of(List.of(file(row)));
    Roofline.Point point = roofline.points().getFirst();
    assertEquals(2, point.intensity(), EXACT);
    assertEquals(16, point.rate(), EXACT);
    assertEquals(200, roofline.attainable(2), EXACT);
    assertEquals(0.08, roofline.reached(point), EXACT);
    assertTrue(roofline.isBoundByMemory(2));
    assertFalse(roofline.isBoundByMemory(21));
    assertEquals(2000, roofline.attainable(1e6), EXACT);
  }

  @Test
  void shareIsOfTheNearerCeiling() {
    ResultFile file = file();
    assertShare(0.5, file, row(1, 0.02, 1_000_000_000, 0));
    assertShare(0.25, file, row(1, 0.04, 1_000_000_000, 1_000_000_000));
    assertShare(0.5, file, row(1, 1, 1, 1_000_000_000_000L));
    assertEquals(Optional.empty(), Roofline.share(file, row(1, 1, 0, 5)));
  }

  private static void assertShare(double expected, ResultFile file, Row row) {
    assertEquals(expected, Roofline.share(file, row).orElseThrow(), EXACT);
  }

  @Test
  void rowsWithoutWorkHaveNoPlace() {
    ResultFile file = file(row(1, 1, 5, 0), row(2, 1, 0, 5));
    String message =
        assertThrows(ResultException.class, () -> Roofline.of(List.of(file))).getMessage();
    assertTrue(message.contains("no row of Made GPU has times, bytes and operations"), message);
    ResultFile bare = MadeResults.file(row(1, 1, 5, 5));
    message = assertThrows(ResultException.class, () -> Roofline.of(List.of(bare))).getMessage();
    assertTrue(message.contains("no ceilings"), message);
  }

  @Test
  void pageAndPictureNameEveryPoint() throws IOException {
    Path results = folder.resolve("results.json");
    file(row(1, 0.5, 4_000_000_000L, 8_000_000_000L), row(2, 0.1, 1_000_000, 900_000_000))
        .write(results);
    CommandRun run = CommandRun.of(new RooflineCommand(), results, "--out", folder);
    assertEquals(0, run.code(), run.problem());
    String page = Files.readString(folder.resolve("roofline-made-gpu.html"));
    assertTrue(page.contains("size=1 [host time]"), page);
    assertTrue(page.contains("a roof of 2000 GFLOP/s in float32, which begins at 20.0 FLOP"), page);
    assertFalse(page.contains("<script"), page);
    String picture = Files.readString(folder.resolve("roofline-made-gpu.svg"));
    assertTrue(picture.contains("<svg xmlns"), picture);
    assertTrue(picture.contains("float32, from 20.0 on"), picture);
  }

  private static Row row(int size, double seconds, long bytes, long flops) {
    return MadeResults.row(size)
        .samples(MadeResults.samples(seconds))
        .work(new Cost(bytes, flops))
        .build();
  }

  private static ResultFile file(Row... rows) {
    ResultFile plain = MadeResults.file(rows);
    return new ResultFile(
        plain.schema(),
        plain.name(),
        plain.command(),
        plain.device(),
        plain.commit(),
        plain.date(),
        plain.version(),
        plain.before(),
        plain.after(),
        List.of(
            plain.ceilings().getFirst(),
            new Ceiling(Ceiling.Kind.MATRIX, "float32", "cuBLAS", List.of(1900.0, 2000.0))),
        plain.rows());
  }
}
