package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A comparison of two presets with two seeds through the command line, and what can happen to it.
 */
class CompareCommandTest {
  private static final String LAST = "runs/slow-seed-2/checkpoints/pass-001.safetensors";

  @TempDir static Path folder;
  private static TinyRun machine;
  private static Path out;
  private static Path variant;
  private static CommandLineRun comparison;

  @BeforeAll
  static void compareOnce() throws IOException {
    machine = new TinyRun(folder);
    out = folder.resolve("comparison");
    variant = Files.writeString(folder.resolve("slow.toml"), "pass.optimizer.first_rate = 2e-4\n");
    comparison = compare(out, "--json", "--quiet", "--interpolations", "3");
    assertEquals(0, comparison.code(), comparison.err());
  }

  private static CommandLineRun compare(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "--presets",
                variant.toString(),
                "--seeds",
                "2",
                "--passes",
                "1",
                "--config",
                machine.settings().toString(),
                "--out",
                out.toString(),
                "--device",
                "cpu"));
    arguments.addAll(List.of(more));
    return machine.command(arguments.toArray(String[]::new));
  }

  private static JsonNode row(String name) throws IOException {
    for (JsonNode row : new ObjectMapper().readTree(comparison.out()).path("rows")) {
      if (row.path("name").asText().equals(name)) {
        return row;
      }
    }
    throw new AssertionError(name + " is missing in " + comparison.out());
  }

  @Test
  void controlIsThereWithoutBeingAskedFor() throws IOException {
    assertEquals("control", row("vrm").path("kind").asText());
    assertEquals(0, row("vrm").path("measures").path("image_gradients").path("mean").asInt());
    JsonNode slow = row("slow").path("measures");
    assertEquals(2 * 13 * 4, slow.path("image_gradients").path("mean").asInt());
    assertEquals(
        row("vrm").path("measures").path("updates").path("mean"),
        slow.path("updates").path("mean"));
    assertEquals(2, slow.path("accuracy").path("values").size());
    assertEquals(2, row("slow").path("accuracy_gain").path("pairs").asInt());
  }

  @Test
  void referencesStandBesideTheContenders() throws IOException {
    assertTrue(row("real images").path("measures").path("frechet_distance").has("mean"));
    assertTrue(row("canvas alone").path("measures").path("hit_rate").path("mean").isNumber());
    assertTrue(comparison.out().contains("without passes"), comparison.out());
  }

  @Test
  void pageHoldsTableCurvesAndDrawings() throws IOException {
    String page = Files.readString(out.resolve("comparison.html"));
    assertTrue(page.contains("<th scope=\"row\">vrm (control)</th>"));
    assertTrue(page.contains("class=\"legend\""));
    assertEquals(5, page.split("data:image/png", -1).length);
    assertTrue(page.contains("judge-mnist-"));
    assertTrue(page.contains("fresh, unselected chains"));
    assertTrue(page.contains("# slow\n"));
    assertTrue(Files.readString(out.resolve("comparison.md")).contains("| slow | "));
  }

  @Test
  void waysBetweenClassesAreJudged() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(comparison.out()).path("paths");
    assertEquals(2, paths.size());
    for (JsonNode row : paths) {
      assertEquals(6, row.path("paths").asInt());
      JsonNode deviation = row.path("measures").path("deviation");
      assertEquals(2, deviation.path("values").size());
      assertTrue(deviation.path("mean").asDouble() > 0, row.toString());
    }
    assertEquals(2, paths.get(1).path("deviation_gain").path("pairs").asInt());
    assertTrue(Files.exists(out.resolve("interpolations/slow.png")));
  }

  @Test
  void finishedRunsAreUsedAndLostOnesMadeAgain() throws IOException {
    Path copy = TinyRun.copy(out, folder.resolve("lost"));
    Path kept = copy.resolve("runs/slow-seed-1/metrics.jsonl");
    byte[] before = Files.readAllBytes(kept);
    Files.delete(copy.resolve(LAST));
    CommandLineRun again = compare(copy, "--json");
    assertEquals(0, again.code(), again.err());
    assertArrayEquals(before, Files.readAllBytes(kept), "a finished run was made again");
    assertFalse(again.err().contains("start:"), "a start was trained again: " + again.err());
    byte[] whole = Files.readAllBytes(out.resolve(LAST));
    assertArrayEquals(whole, Files.readAllBytes(copy.resolve(LAST)));
  }

  @Test
  void comparesWithoutExactSteps() throws IOException {
    String settings = Files.readString(machine.settings());
    Path approximate = folder.resolve("approximate.toml");
    Files.writeString(
        approximate, settings.replace("correction_steps = 3", "correction_steps = 0"));
    Path page = folder.resolve("without-exact-steps");
    CommandLineRun run =
        machine.command(
            "compare",
            "--presets",
            "vrm",
            "--seeds",
            "1",
            "--passes",
            "0",
            "--config",
            approximate.toString(),
            "--out",
            page.toString(),
            "--device",
            "cpu");
    assertEquals(0, run.code(), run.err());
    String html = Files.readString(page.resolve("comparison.html"));
    assertTrue(html.contains("<svg"), "no curve is left");
    assertFalse(html.contains("aria-label=\"acceptance"), "a curve of what was not measured");
  }

  @Test
  void runsWithOtherSettingsAreNotTakenForThese() {
    CommandLineRun other = compare(out, "--training-images", "50");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("holds a run with other settings"), other.err());
  }

  @Test
  void impossibleComparisonsAreRefused() {
    Path never = folder.resolve("never");
    assertRefused(compare(never, "--classes", "3,x"), "mnist has no class 'x'; its classes are 0");
    assertRefused(compare(never, "--label-noise", "1.5"), "--label-noise must be a probability");
    assertFalse(Files.exists(never));
  }

  private static void assertRefused(CommandLineRun run, String part) {
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
  }
}
