package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  record Measurement(int pass, double hitRate, double acceptance) {}

  @TempDir Path folder;

  @Test
  void everyRecordIsOneLineAtOnce() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    MetricsFile metrics = new MetricsFile(file);
    assertEquals(List.of(), metrics.read());
    metrics.append(new Measurement(0, 0.5, Double.NaN));
    assertEquals("{\"pass\":0,\"hit_rate\":0.5,\"acceptance\":null}\n", Files.readString(file));
    new MetricsFile(file).append(new Measurement(1, 0.75, Double.NEGATIVE_INFINITY));
    List<JsonNode> lines = metrics.read();
    assertEquals(2, lines.size());
    assertEquals(0.75, lines.get(1).get("hit_rate").asDouble());
    assertTrue(lines.get(1).get("acceptance").isNull());
  }

  @Test
  void damagedLineIsNamed() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(file, "{\"pass\":0}\n{\"pass\":\n");
    String message =
        assertThrows(IOException.class, () -> new MetricsFile(file).read()).getMessage();
    assertEquals(file + ", line 2: not a JSON object", message);
  }
}
