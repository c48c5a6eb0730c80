package org.stic.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.settings.ConfigurationException;

/** Plans and tables on outcomes that are made up. */
class ComparisonResultTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static Contender contender(String text) throws IOException {
    return Contender.read(text, Optional.empty(), "mnist");
  }

  private ComparisonPlan plan(String... names) throws IOException {
    List<Contender> contenders = new ArrayList<>();
    for (String name : names) {
      Contender read = contender(name);
      contenders.add(new Contender(read.name(), read.configuration().withPasses(1)));
    }
    return new ComparisonPlan(contenders, 2, false, folder);
  }

  private static JsonNode line(int pass, double accuracy, double distance, double gradients)
      throws IOException {
    String real = "\"real_hit_rate\": 0.9, \"real_frechet_distance\": 0.4";
    String canvas = "\"canvas_hit_rate\": 0.1, \"canvas_frechet_distance\": 99";
    return JSON.readTree(
        String.format(
            Locale.ROOT,
            "{\"pass\": %d, \"accuracy\": %s, \"noisy_accuracy\": 0.5, \"frechet_distance\": %s,"
                + " \"image_gradients\": %s, \"updates\": 10, \"training_seconds\": 1.5,"
                + " \"acceptance\": null, %s, %s}",
            pass,
            accuracy,
            distance,
            gradients,
            real,
            canvas));
  }

  private static Outcome outcome(Trial trial, double gain, double gradients) throws IOException {
    double shared = trial.seed() == 1 ? .80 : .90;
    return new Outcome(
        trial,
        List.of(
            line(0, shared - .1, 50, 0),
            line(1, shared + gain, 20 + (double) trial.seed(), gradients)),
        true);
  }

  private static ComparisonRow row(ComparisonResult result, String name) {
    return result.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private ComparisonResult result(double gradientsOfOther) throws IOException {
    ComparisonPlan plan = plan("stic", "stic-fake-class", "vrm");
    List<Outcome> outcomes = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      outcomes.add(
          switch (trial.contender().name()) {
            case "stic" -> outcome(trial, trial.seed() == 1 ? .01 : .03, 400);
            case "vrm" -> outcome(trial, 0, 0);
            default ->
                trial.seed() == 1
                    ? outcome(trial, -.01, gradientsOfOther)
                    : new Outcome(trial, List.of(line(0, .7, 50, 0)), false);
          });
    }
    return ComparisonResult.of(plan, outcomes, List.of(), "judge-x", .98);
  }

  @Test
  void rowsAreReferencesControlAndContenders() throws IOException {
    List<String> names = result(400).rows().stream().map(ComparisonRow::name).toList();
    assertEquals(
        List.of(
            "real images",
            "canvas alone",
            "without passes (stic, vrm)",
            "without passes (stic-fake-class)",
            "vrm",
            "stic",
            "stic-fake-class"),
        names);
  }

  @Test
  void figuresAreMeansOverSeedsAndTheGainIsPaired() throws IOException {
    ComparisonRow stic = row(result(400), "stic");
    assertEquals(.87, stic.get(Measure.ACCURACY).mean(), 1e-12);
    assertEquals(21.5, stic.get(Measure.FRECHET_DISTANCE).mean(), 1e-12);
    assertEquals(20, stic.get(Measure.UPDATES).mean(), "the start's updates count");
    assertEquals(3, stic.get(Measure.SECONDS).mean());
    assertEquals(.02, stic.accuracyGain().mean(), 1e-12);
    assertEquals(.01, stic.accuracyGain().standardError(), 1e-12);
    ComparisonRow real = row(result(400), "real images");
    assertEquals(.4, real.get(Measure.FRECHET_DISTANCE).mean());
    assertNull(real.accuracyGain());
    assertEquals(0, stic.noisyAccuracyGain().mean());
  }

  @Test
  void divergedSeedsAreNamedAndNotCounted() throws IOException {
    ComparisonRow diverged = row(result(400), "stic-fake-class");
    assertEquals(List.of(2L), diverged.divergedSeeds());
    assertEquals(List.of(.79), diverged.get(Measure.ACCURACY).values());
    assertEquals(1, diverged.accuracyGain().pairs());
    assertEquals("stic-fake-class (diverged with seeds [2])", diverged.label());
  }

  @Test
  void tableIsReadableEverywhere() throws IOException {
    ComparisonResult result = result(400);
    String text = result.table().text();
    assertTrue(text.contains("vrm (control)"), text);
    assertTrue(text.contains("87.00 ± 8.49"), text);
    assertTrue(text.contains("+2.00 ± 1.00"), text);
    List<String> markdown = result.table().markdown().lines().toList();
    assertEquals(2 + result.rows().size(), markdown.size());
    for (String line : markdown) {
      assertEquals(15, line.chars().filter(c -> c == '|').count(), line);
    }
    result.write(folder);
    JsonNode json = JSON.readTree(Files.readString(folder.resolve("comparison.json")));
    JsonNode stic = json.path("rows").get(5);
    assertEquals("contender", stic.path("kind").asText());
    assertEquals(.87, stic.path("measures").path("accuracy").path("mean").asDouble(), 1e-12);
    assertEquals(2, stic.path("accuracy_gain").path("pairs").asInt());
    assertEquals("fresh, unselected chains", json.path("drawings").asText());
    assertTrue(Files.readString(folder.resolve("comparison.md")).contains("judge-x"));
  }

  @Test
  void unequalBudgetsAreSaid() throws IOException {
    assertTrue(result(400).conditions().contains("All had the same updates"));
    assertTrue(result(500).conditions().contains("image-gradients differ"));
  }

  @Test
  void trialsCoverSeedsAndData() throws IOException {
    ComparisonPlan plan = plan("vrm", "stic");
    assertEquals(4, plan.trials().size());
    assertEquals("vrm, seed 1", plan.trials().getFirst().name());
    assertEquals(2, plan.trials().getLast().configuration().seed());
    assertEquals(0, plan.trials().getLast().configuration().dataSelection().subsetSeed());
    ComparisonPlan drawn = new ComparisonPlan(plan.contenders(), 2, true, folder);
    assertEquals(2, drawn.trials().getLast().configuration().dataSelection().subsetSeed());
    long folders = drawn.trials().stream().map(Trial::folder).distinct().count();
    assertEquals(4, folders);
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    assertRefused("two contenders are named 'vrm'", () -> plan("vrm", "vrm"));
    assertRefused("unknown preset 'stick'; the presets are", () -> plan("vrm", "stick"));
    assertRefused("no.toml does not exist", () -> plan("vrm", "no.toml"));
    Path more = Files.writeString(folder.resolve("more.toml"), "evaluation.samples = 77");
    assertRefused("differ in evaluation.samples", () -> plan("vrm", more.toString()));
    Path judge = Files.writeString(folder.resolve("judge.toml"), "judge.epochs = 9");
    assertRefused("differ in judge", () -> plan("vrm", judge.toString()));
    Path preset = Files.writeString(folder.resolve("preset.toml"), "preset = 'stic'");
    assertRefused(
        "names the preset stic", () -> Contender.read("vrm", Optional.of(preset), "mnist"));
  }

  @Test
  void aFilesSettingsGoBeforeTheCommonOnes() throws IOException {
    Path common = Files.writeString(folder.resolve("common.toml"), "passes = 7\nseed = 5");
    Path own = Files.writeString(folder.resolve("own.toml"), "preset = 'vrm'\npasses = 9");
    Contender read = Contender.read(own.toString(), Optional.of(common), "mnist");
    assertEquals("own", read.name());
    assertEquals("vrm", read.configuration().preset());
    assertEquals(9, read.configuration().passes());
    assertEquals(5, read.configuration().seed());
    assertFalse(read.isControl());
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(ConfigurationException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
