package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.model.SafetensorsException;
import org.stic.sampler.ChainTrace;
import org.stic.sampler.Drawings;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.JudgeSettings;
import org.stic.settings.Preset;

/** Whole runs with a tiny net on the synthetic set. */
class TrainingTest {
  private static final String SETTINGS =
      """
      data_selection.training_images = 300
      passes = 2
      network.convolutions = [
        {width = 4, kernel = 4, stride = 2, padding = 1},
        {width = 6, kernel = 4, stride = 2, padding = 1}]
      start.epochs = 3
      start.batch = {real = 8, mixup = 8, hard = 0, soft = 0}
      pass.refreshes = 2
      pass.hard_fakes = 3
      pass.soft_fakes = 2
      pass.updates = 3
      sampler.step.steps = 3
      evaluation = {samples = 13, steps = 2, correction_steps = 2}
      """;
  @TempDir static Path shared;
  private static Device device;
  private static Training.Materials materials;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    device = TestDevice.open();
    Datasets datasets = new Datasets(shared);
    ImageDataset train = datasets.load("synthetic", Split.TRAIN).first(400);
    ImageDataset test = datasets.load("synthetic", Split.TEST).first(103);
    JudgeSettings settings = new JudgeSettings(1, 20, 1e-3, 1);
    JudgeCache cache = new JudgeCache(shared);
    TrainedJudge trained = cache.obtain(device, train, test, settings, TrainingListener.NONE);
    trained.close();
    TrainingListener refusing =
        new TrainingListener() {
          @Override
          public void progress(String phase, long done, long total, String unit) {
            throw new AssertionError("the cached judge is trained again");
          }
        };
    TrainedJudge judge = cache.obtain(device, train, test, settings, refusing);
    assertEquals(trained.accuracy(), judge.accuracy());
    materials = new Training.Materials(device, train, test, judge);
  }

  @AfterAll
  static void release() {
    materials.judge().close();
    device.close();
  }

  @Test
  void theSameConfigurationGivesTheSameBits() throws IOException {
    RunDirectory one = train("one", Preset.STIC);
    RunDirectory two = train("two", Preset.STIC);
    assertSameCheckpoints(one, two);
    Configuration other = configuration(Preset.STIC).withSeed(2);
    RunDirectory three =
        Training.run(materials, other, folder.resolve("three"), TrainingListener.NONE);
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(one.checkpoint(0)), Files.readAllBytes(three.checkpoint(0))));
  }

  @ParameterizedTest
  @EnumSource(names = {"STIC", "JEM", "INN", "VRM"})
  void aResumedRunEndsWithTheSameBits(Preset preset) throws IOException {
    RunDirectory whole = train("whole", preset);
    for (int stop = 0; stop < 2; stop++) {
      Path cut = folder.resolve("cut" + stop);
      stopAfter(stop, configuration(preset), cut);
      RunDirectory resumed = Training.resume(materials, cut, TrainingListener.NONE);
      assertSameCheckpoints(whole, resumed);
      assertEquals(List.of(0, 1, 2), passes(resumed));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STIC_FAKE_CLASS", "JEM", "ICN", "INN", "WINN", "ERM"})
  void everySystemTrainsByTheSameLoop(Preset preset) throws IOException {
    RunDirectory run = train("run", preset);
    for (JsonNode pass : run.readMetrics()) {
      assertTrue(Double.isFinite(pass.path("loss").doubleValue()), pass.toString());
      assertTrue(pass.path("displacement").doubleValue() > 0, pass.toString());
    }
    assertEquals(List.of(0, 1, 2), passes(run));
  }

  @Test
  void objectivesChainsAndGuidanceCombineFreely() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("combined.toml"),
            SETTINGS
                + """
                objective = {kind = "energy", function = "class-logit", hard_weight = 0.2, \
                soft_weight = 0.1, penalty = 0.02, greatest_gap = 50}
                pass.chains = {kind = "persistent", size = 11, restart = 0.1}
                pass.newest_share = 0.75
                sampler.gram.weight = 10.0
                """);
    Configuration combined = ConfigurationFile.read(settings, "stic", "synthetic");
    RunDirectory run =
        Training.run(materials, combined, folder.resolve("combined"), TrainingListener.NONE);
    assertEquals(List.of(0, 1, 2), passes(run));
  }

  @Test
  void anInterruptedPassIsRepeated() throws IOException {
    RunDirectory whole = train("whole", Preset.STIC);
    Path cut = folder.resolve("cut");
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void progress(String phase, long done, long total, String unit) {
            if (phase.equals("pass 2") && done > 0) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThrows(
        CancellationException.class,
        () -> Training.run(materials, configuration(Preset.STIC), cut, interrupting));
    assertTrue(Thread.interrupted());
    assertEquals(1, RunDirectory.open(cut).lastPass().orElseThrow());
    assertSameCheckpoints(whole, Training.resume(materials, cut, TrainingListener.NONE));
  }

  @Test
  void aFinishedRunStaysAsItIs() throws IOException {
    RunDirectory run = train("run", Preset.STIC);
    byte[] metrics = Files.readAllBytes(run.metrics());
    Training.resume(materials, run.folder(), TrainingListener.NONE);
    assertArrayEquals(metrics, Files.readAllBytes(run.metrics()));
    assertTrue(Files.size(run.samples(2)) > 100);
  }

  @Test
  void refusesWhatItCannotContinue() throws IOException {
    RunDirectory run = train("run", Preset.STIC);
    assertRefused(
        ConfigurationException.class, "already holds a run", () -> train("run", Preset.STIC));
    assertRefused(
        ConfigurationException.class,
        "holds no run",
        () -> RunDirectory.open(folder.resolve("no")));
    byte[] bytes = Files.readAllBytes(run.checkpoint(2));
    Files.write(run.checkpoint(2), Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(
        SafetensorsException.class,
        "pass-002.safetensors",
        () -> Training.resume(materials, run.folder(), TrainingListener.NONE));
    Files.copy(run.checkpoint(1), run.checkpoint(2), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        SafetensorsException.class,
        "holds pass 1, not pass 2",
        () -> Training.resume(materials, run.folder(), TrainingListener.NONE));
    Path settings = run.folder().resolve("config.toml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("format = " + Configuration.FORMAT, "format = 7"));
    assertRefused(
        ConfigurationException.class,
        "another version of the program",
        () -> RunDirectory.open(run.folder()));
  }

  @Test
  void aDivergingPassGoesBackAndThenGivesUpInOneSentence() throws IOException {
    Path settings = folder.resolve("wild.toml");
    Files.writeString(
        settings,
        SETTINGS
            + "pass.optimizer.first_rate = 1e30\npass.optimizer.last_rate = 1e30\n"
            + "pass.optimizer.clip_norm = 1e30\n");
    Configuration wild = ConfigurationFile.read(settings, "stic", "synthetic");
    List<String> messages = new ArrayList<>();
    TrainingListener listening =
        new TrainingListener() {
          @Override
          public void message(String text) {
            messages.add(text);
          }
        };
    Path run = folder.resolve("wild");
    assertRefused(
        DivergedException.class,
        "pass-000.safetensors is intact",
        () -> Training.run(materials, wild, run, listening));
    assertEquals(3, messages.size(), messages.toString());
    assertEquals(0, RunDirectory.open(run).lastPass().orElseThrow());
  }

  @Test
  void aRunawayGapGoesBackToTheLastCheckpointAndGoesOnAtALowerRate() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("runaway.toml"),
            SETTINGS
                + """
                pass.optimizer.first_rate = 0.1
                pass.optimizer.last_rate = 0.1
                objective.greatest_gap = 5.0
                """);
    Configuration runaway = ConfigurationFile.read(settings, "jem", "synthetic").withPasses(1);
    List<String> messages = new ArrayList<>();
    TrainingListener listening =
        new TrainingListener() {
          @Override
          public void message(String text) {
            messages.add(text);
          }
        };
    RunDirectory run = Training.run(materials, runaway, folder.resolve("runaway"), listening);
    assertEquals(List.of(0, 1), passes(run));
    assertTrue(messages.getFirst().contains("objective.greatest_gap"), messages.toString());
    assertTrue(messages.getFirst().contains("back to pass"), messages.toString());
  }

  @Test
  void lossFallsAndDrawingsMove() throws IOException {
    List<PassMetrics> passes = new ArrayList<>();
    TrainingListener collecting =
        new TrainingListener() {
          @Override
          public void passFinished(PassMetrics metrics) {
            passes.add(metrics);
          }
        };
    Path settings = folder.resolve("longer.toml");
    Files.writeString(settings, SETTINGS + "pass.optimizer.first_rate = 3e-3\nseed = 3\n");
    Configuration longer = ConfigurationFile.read(settings, "stic", "synthetic").withPasses(5);
    Training.run(materials, longer, folder.resolve("longer"), collecting);
    assertTrue(passes.get(5).loss() < passes.get(1).loss(), passes.toString());
    for (PassMetrics pass : passes) {
      assertTrue(pass.displacement() > 1e-3, pass.toString());
      assertEquals(0, pass.brokenChains());
      assertTrue(pass.noisyAccuracy() >= 0 && pass.noisyAccuracy() <= 1, pass.toString());
      assertTrue(pass.acceptance() >= 0 && pass.acceptance() <= 1, pass.toString());
    }
  }

  @Test
  void aTrainedClassifierDrawsInterpolatesAndIsMeasured() throws IOException {
    RunDirectory run = train("run", Preset.STIC);
    try (TrainedClassifier classifier = TrainedClassifier.load(device, run, materials.train())) {
      TrainedClassifier.DrawingSettings settings = new TrainedClassifier.DrawingSettings(2, 2, 0);
      float[][] weights = {{0, 0, 0, .5f, 0, 0, 0, 0, .5f, 0}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
      Drawings drawings = classifier.draw(weights, settings);
      assertEquals(2 * 28 * 28, drawings.images().length);
      assertArrayEquals(drawings.images(), classifier.draw(weights, settings).images());
      Drawings way = classifier.interpolate(3, 8, 5, 2, settings);
      assertEquals(10 * 28 * 28, way.images().length);
      float[][] unbalanced = {{.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
      assertRefused(
          ConfigurationException.class, "sum to 1", () -> classifier.draw(unbalanced, settings));
      TrainedClassifier.Quality quality =
          classifier
              .evaluate(materials, classifier.evaluationSettings(), TrainingListener.NONE)
              .quality();
      double stored = run.readMetrics().getLast().path("accuracy").doubleValue();
      assertEquals(stored, quality.accuracy());
    }
  }

  /** Watching must not change what is watched: the same steps as those of a drawing. */
  @Test
  void aWatchedChainEndsWhereADrawnOneDoes() throws IOException {
    RunDirectory run = train("run", Preset.STIC);
    try (TrainedClassifier classifier = TrainedClassifier.load(device, run, materials.train())) {
      var settings = new TrainedClassifier.DrawingSettings(3, 6, 2);
      ChainTrace trace = classifier.trace(4, 1, settings);
      float[][] weights = {{0, 0, 0, 0, 1, 0, 0, 0, 0, 0}};
      Drawings drawn = classifier.draw(weights, settings);
      assertEquals(1 + 3 + 3, trace.points().size());
      ChainTrace.Point last = trace.points().getLast();
      assertEquals(9, last.step());
      assertArrayEquals(drawn.classTerm(), last.classTerm());
      assertArrayEquals(drawn.gramLoss(), last.gramLoss());
      assertEquals(drawn.displacement(), last.displacement()[0], 1e-6);
      assertEquals(drawn.stepSize(), trace.stepSize());
      assertEquals(3, trace.exact().size());
      for (ChainTrace.Point point : trace.exact()) {
        assertTrue(point.acceptance()[0] >= 0 && point.acceptance()[0] <= 1);
      }
    }
  }

  private RunDirectory train(String name, Preset preset) throws IOException {
    return Training.run(
        materials, configuration(preset), folder.resolve(name), TrainingListener.NONE);
  }

  private Configuration configuration(Preset preset) throws IOException {
    Path settings = Files.writeString(folder.resolve("settings.toml"), SETTINGS);
    return ConfigurationFile.read(settings, preset.label(), "synthetic");
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void stopAfter(int pass, Configuration configuration, Path run) {
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void passFinished(PassMetrics metrics) {
            if (metrics.pass() == pass) {
              throw new Stop();
            }
          }
        };
    assertThrows(Stop.class, () -> Training.run(materials, configuration, run, stopping));
  }

  private static void assertSameCheckpoints(RunDirectory one, RunDirectory two) throws IOException {
    for (int pass = 0; pass <= 2; pass++) {
      assertArrayEquals(
          Files.readAllBytes(one.checkpoint(pass)),
          Files.readAllBytes(two.checkpoint(pass)),
          "pass " + pass);
      assertArrayEquals(
          Files.readAllBytes(one.samples(pass)), Files.readAllBytes(two.samples(pass)));
    }
  }

  private static List<Integer> passes(RunDirectory run) throws IOException {
    return run.readMetrics().stream().map(line -> line.path("pass").intValue()).toList();
  }

  private static void assertRefused(
      Class<? extends Exception> type, String part, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("\n"), message);
  }
}
