package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a tiny run through the command line and does everything with it that users do. */
class EndToEndTest {
  private static final int IMAGE_WITH_MARGIN = 3 * 28 + 4;

  @TempDir static Path folder;
  private static TinyRun machine;
  private static Path run;
  private static CommandLineRun training;

  @BeforeAll
  static void trainOnce() throws IOException {
    run = folder.resolve("run");
    machine = new TinyRun(folder);
    training = machine.train(run);
    assertEquals(0, training.code(), training.err());
  }

  private static List<String> metrics(Path of) throws IOException {
    return Files.readAllLines(of.resolve("metrics.jsonl"));
  }

  private static CommandLineRun onRun(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    System.arraycopy(
        new String[] {"--run", run.toString(), "--device", "cpu"}, 0, all, arguments.length, 4);
    return machine.command(all);
  }

  private static void assertPicture(Path file, int columns, int rows) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(4 + columns * IMAGE_WITH_MARGIN, picture.getWidth(), file.toString());
    assertEquals(4 + rows * IMAGE_WITH_MARGIN, picture.getHeight(), file.toString());
  }

  @Test
  void trainingTellsEveryPassAndEndsWithTheReport() throws IOException {
    String out = training.out();
    assertTrue(out.contains("mnist: the first 100 of 200 training images, 100 test"), out);
    for (int pass = 0; pass <= TinyRun.PASSES; pass++) {
      assertTrue(out.contains("\npass " + pass + ": accuracy "), out);
    }
    Path report = run.resolve("report.html");
    assertTrue(out.contains("report      " + report), out);
    assertEquals(5, Files.readString(report).split("data:image/png").length);
    assertEquals("", training.err());
  }

  @Test
  void runFolderKeepsEverything() throws IOException {
    assertEquals(TinyRun.PASSES + 1, metrics(run).size());
    String settings = Files.readString(run.resolve("config.toml"));
    assertTrue(settings.contains("data_selection.training_images = 100"), settings);
    assertTrue(Files.exists(TinyRun.lastCheckpoint(run)));
    assertPicture(run.resolve("samples/pass-002.png"), 2, 10);
  }

  @Test
  void lastPassKeepsWhatItsReportNeeds() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode first = mapper.readTree(run.resolve("evaluation/pass-000.json").toFile());
    JsonNode last = mapper.readTree(run.resolve("evaluation/pass-002.json").toFile());
    JsonNode metrics = mapper.readTree(metrics(run).getLast());
    assertEquals(metrics.path("accuracy"), last.path("test").path("accuracy"));
    int images = 0;
    for (JsonNode row : last.path("test").path("confusion")) {
      for (JsonNode count : row) {
        images += count.asInt();
      }
    }
    assertEquals(TinyRun.TEST_IMAGES, images);
    assertEquals(15, last.path("test").path("bins").size());
    assertTrue(first.path("chains").isMissingNode() && first.path("memorisation").isMissingNode());
    JsonNode steps = last.path("chains").path("steps");
    assertEquals(0, steps.get(0).path("displacement").asDouble());
    assertTrue(steps.get(steps.size() - 1).path("acceptance").isNumber(), steps.toString());
    JsonNode copies = last.path("memorisation");
    assertEquals(20, copies.path("features").path("drawings").size());
    assertEquals(100, copies.path("scanned").asInt());
    for (JsonNode distance : copies.path("pixels").path("controls")) {
      assertTrue(distance.asDouble() > 0 && distance.asDouble() < 2, copies.toString());
    }
    assertPicture(run.resolve("evaluation/nearest-002.png"), 10, 6);
    try (var events = Files.list(run.resolve("tensorboard"))) {
      assertEquals(1, events.count());
    }
  }

  @Test
  void reportShowsTheLastPassAndSaysWhatOlderRunsLack() throws IOException {
    String page = Files.readString(run.resolve("report.html"));
    for (String heading :
        List.of("Drawings", "Pass by pass", "Along the chains", "Are the drawings copies?")) {
      assertTrue(page.contains("<h2>" + heading), heading);
    }
    assertTrue(page.contains("reliability (ECE "), "no reliability diagram");
    assertTrue(
        page.contains("alt=\"Drawings of pass 2, a row for each of 10 classes, from 0 to 9"));
    Path old = TinyRun.copy(run, folder.resolve("old"));
    for (int pass = 0; pass <= TinyRun.PASSES; pass++) {
      Files.delete(old.resolve("evaluation/pass-00" + pass + ".json"));
    }
    CommandLineRun report = machine.command("report", "--run", old.toString());
    assertEquals(0, report.code(), report.err());
    String oldPage = Files.readString(old.resolve("report.html"));
    assertTrue(oldPage.contains("made this run did not keep them"), oldPage);
    assertFalse(oldPage.contains("Are the drawings copies?"));
    Files.writeString(old.resolve("evaluation/pass-002.json"), "{\"pass\": 2, ");
    CommandLineRun damaged = machine.command("report", "--run", old.toString());
    assertEquals(1, damaged.code(), damaged.err());
    assertTrue(damaged.err().contains("pass-002.json is damaged"), damaged.err());
  }

  @Test
  void drawingIsRepeatableAndFollowsItsSeed() throws IOException {
    Path first = folder.resolve("first.png");
    Path again = folder.resolve("again.png");
    Path other = folder.resolve("other.png");
    CommandLineRun drawn =
        onRun("sample", "--class", "3", "--count", "3", "--out", first.toString());
    assertEquals(0, drawn.code(), drawn.err());
    assertTrue(drawn.out().startsWith("3 images, acceptance of exact steps 0."), drawn.out());
    onRun("sample", "--class", "3", "--count", "3", "--out", again.toString());
    onRun("sample", "--class", "3", "--count", "3", "--seed", "1", "--out", other.toString());
    assertPicture(first, 3, 1);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(again));
    assertFalse(Arrays.equals(Files.readAllBytes(first), Files.readAllBytes(other)));
  }

  @Test
  void everySamplerDrawsMixtures() throws IOException {
    for (String sampler : List.of("grmala", "mala", "grmala-approx", "ula", "ppgn")) {
      Path file = folder.resolve(sampler + ".png");
      CommandLineRun drawn =
          onRun(
              "sample",
              "--mix",
              "3:0.5,8:0.5",
              "--count",
              "9",
              "--sampler",
              sampler,
              "--out",
              file.toString());
      assertEquals(0, drawn.code(), drawn.err());
      assertEquals(sampler.endsWith("mala"), drawn.out().contains("acceptance"), drawn.out());
      assertPicture(file, 8, 2);
    }
  }

  @Test
  void interpolationIsPartOfTheNextReport() throws IOException {
    Path copy = TinyRun.copy(run, folder.resolve("interpolated"));
    CommandLineRun drawn =
        machine.command(
            "interpolate",
            "--run",
            copy.toString(),
            "--from",
            "3",
            "--to",
            "8",
            "--columns",
            "5",
            "--rows",
            "2");
    assertEquals(0, drawn.code(), drawn.err());
    assertPicture(copy.resolve("samples/from-3-to-8.png"), 5, 2);
    CommandLineRun report = machine.command("report", "--run", copy.toString());
    assertEquals(copy.resolve("report.html") + "\n", report.out());
    assertTrue(Files.readString(copy.resolve("report.html")).contains("<figcaption>from 3 to 8<"));
  }

  @Test
  void evaluationRepeatsTheLastMeasurement() throws IOException {
    CommandLineRun evaluated = onRun("evaluate", "--json", "--quiet");
    assertEquals(0, evaluated.code(), evaluated.err());
    ObjectMapper mapper = new ObjectMapper();
    JsonNode quality = mapper.readTree(evaluated.out());
    JsonNode last = mapper.readTree(metrics(run).getLast());
    for (String figure : List.of("accuracy", "hit_rate", "classifier_score", "acceptance")) {
      assertTrue(quality.path(figure).isNumber(), evaluated.out());
      assertEquals(last.path(figure), quality.path(figure), figure);
    }
  }

  @Test
  void classifiersAreToldFromOthersAndAttacked() throws IOException {
    CommandLineRun evaluated =
        onRun("evaluate", "--json", "--quiet", "--images", "30", "--ood", "mnist", "--pgd", "l2:0");
    assertEquals(0, evaluated.code(), evaluated.err());
    JsonNode report = new ObjectMapper().readTree(evaluated.out());
    assertEquals(30, report.path("classification").path("images").asInt());
    assertEquals(15, report.path("classification").path("calibration").path("bins").size());
    assertEquals(20, report.path("samples").path("drawings").path("images").asInt());
    assertTrue(report.path("samples").path("drawings").path("frechet_distance").isNull());
    // Against itself, ties count half.
    assertEquals(.5, report.path("outliers").get(0).path("log_sum_exp").asDouble());
    JsonNode attack = report.path("robustness").get(0);
    assertEquals(report.path("classification").path("accuracy"), attack.path("clean_accuracy"));
    assertEquals(attack.path("clean_accuracy"), attack.path("adversarial_accuracy"));
    assertEquals(14, report.path("attack_controls").get(0).path("epsilon").asDouble());
  }

  @Test
  void evaluationIsReadInAHundredColumns() throws IOException {
    CommandLineRun evaluated = onRun("evaluate", "--quiet", "--ood", "mnist", "--pgd", "linf:0.1");
    assertEquals(0, evaluated.code(), evaluated.err());
    for (String figure : new String[] {"accuracy", "calibration", "coverage", "ROC", "attacked"}) {
      assertTrue(evaluated.out().contains(figure), evaluated.out());
    }
    evaluated.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @Test
  void setsOfAnotherShapeAndWeightsOfAnotherNetworkAreRefused() throws IOException {
    CommandLineRun shape = onRun("evaluate", "--quiet", "--ood", "synthetic-colour");
    assertEquals(2, shape.code(), shape.err());
    assertTrue(shape.err().contains("name a set of the same shape"), shape.err());
    Path weights = run.resolve("checkpoints/pass-000.safetensors");
    CommandLineRun judge =
        onRun("evaluate", "--quiet", "--judge", "inception-v3", "--judge-weights", weights + "");
    assertEquals(2, judge.code(), judge.err());
    assertTrue(judge.err().contains("fc.weight"), judge.err());
    CommandLineRun few = onRun("evaluate", "--quiet", "--samples", "64");
    assertEquals(2, few.code(), few.err());
    assertTrue(few.err().contains("--samples 64 are too few"), few.err());
  }

  @Test
  void chainsAreDiagnosed() throws IOException {
    Path page = folder.resolve("chains.html");
    CommandLineRun diagnosed =
        onRun(
            "diagnose",
            "--class",
            "3",
            "--chains",
            "3",
            "--steps",
            "20",
            "--json",
            "--out",
            page.toString());
    assertEquals(0, diagnosed.code(), diagnosed.err());
    JsonNode summary = new ObjectMapper().readTree(diagnosed.out());
    assertEquals(3, summary.path("acceptance").size());
    assertEquals(1 + 4 + 10, summary.path("trace").size());
    JsonNode canvas = summary.path("trace").get(0);
    assertEquals(0, canvas.path("displacement").asDouble());
    assertTrue(canvas.path("acceptance").isNull());
    JsonNode last = summary.path("trace").get(14);
    assertEquals(4 + 20, last.path("step").asInt());
    assertTrue(last.path("displacement").asDouble() > 0);
    for (JsonNode functional : summary.path("functionals")) {
      assertTrue(functional.path("effective_sample_size").asDouble() > 0, functional.toString());
      assertEquals(1, functional.path("autocorrelation").get(0).asDouble(), 1e-12);
    }
    assertTrue(Files.readString(page).contains("split R-hat"));
    CommandLineRun unknown = onRun("diagnose", "--class", "x");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("unknown class 'x'"), unknown.err());
  }

  @Test
  void wrongWordsAboutARunAreNamed() {
    CommandLineRun unknown = onRun("sample", "--class", "10");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("unknown class '10'; known are 0, 1, 2"), unknown.err());
    CommandLineRun sampler = onRun("sample", "--class", "3", "--sampler", "hmc");
    assertEquals(2, sampler.code());
    assertTrue(sampler.err().contains("known are grmala, grmala-approx, mala, ula, ppgn"));
    CommandLineRun steps =
        onRun("sample", "--class", "3", "--sampler", "ula", "--exact-steps", "3");
    assertEquals(2, steps.code());
    assertTrue(steps.err().contains("ula has no exact steps"), steps.err());
    CommandLineRun layer = onRun("sample", "--class", "3", "--gram-layers", "9");
    assertEquals(2, layer.code());
    assertTrue(layer.err().contains("names layer '9', which the network lacks"), layer.err());
    assertFalse(layer.err().contains("still open"), layer.err());
  }

  @Test
  void secondRunInTheSameFolderIsRefused() {
    CommandLineRun again = machine.train(run);
    assertEquals(2, again.code());
    assertTrue(again.err().contains("already holds a run"), again.err());
  }
}
