package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.sampler.Drawings;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.JudgeSettings;

/** Whole runs of Score-STIC with a tiny net on the synthetic set. */
class ScoreTrainingTest {
  private static final String SETTINGS =
      """
      data_selection.training_images = 300
      passes = 1
      network = {widths = [4, 5, 4, 4]}
      start.epochs = 0.2
      start.batch = {real = 8, mixup = 2, hard = 0, soft = 0}
      objective = {noisy_images = 6}
      pass.refreshes = 2
      pass.updates = 3
      pass.batch = {real = 8, mixup = 2, hard = 0, soft = 0}
      sampler = {levels = 3, steps = 6, gram_images = 2}
      evaluation = {samples = 12, steps = 3, correction_steps = 0}
      """;

  /** Drawings as one more class, which also push the chains. */
  private static final String FAKES =
      SETTINGS
              .replace("objective = {", "objective = {fake_weight = 0.3, ")
              .replace("sampler = {", "sampler = {fake_weight = 1, ")
              .replace(
                  "pass.batch = {real = 8, mixup = 2, hard = 0, soft = 0}",
                  "pass.batch = {real = 8, mixup = 2, hard = 3, soft = 2}")
          + "pass.hard_fakes = 3\npass.soft_fakes = 2\n";

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
    TrainedJudge judge =
        new JudgeCache(shared)
            .obtain(device, train, test, new JudgeSettings(1, 20, 1e-3, 1), TrainingListener.NONE);
    materials = new Training.Materials(device, train, test, judge);
  }

  @AfterAll
  static void release() {
    materials.judge().close();
    device.close();
  }

  @Test
  void aResumedRunWithDrawingsEndsWithTheSameBits() throws IOException {
    RunDirectory whole = train("whole", FAKES);
    Path cut = folder.resolve("cut");
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void passFinished(PassMetrics metrics) {
            throw new IllegalStateException("stopped after pass " + metrics.pass());
          }
        };
    Configuration configuration = configuration(FAKES);
    assertThrows(
        IllegalStateException.class, () -> Training.run(materials, configuration, cut, stopping));
    RunDirectory resumed = Training.resume(materials, cut, TrainingListener.NONE);
    for (int pass = 0; pass <= 1; pass++) {
      assertArrayEquals(
          Files.readAllBytes(whole.checkpoint(pass)), Files.readAllBytes(resumed.checkpoint(pass)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"finite-difference", "sliced"})
  void otherFormsTrain(String form) throws IOException {
    RunDirectory run =
        train(form, SETTINGS.replace("objective = {", "objective = {form = '" + form + "', "));
    assertTrue(Double.isFinite(run.readMetrics().getLast().path("loss").doubleValue()));
  }

  @Test
  void drawsClassesAndMixturesAndKnowsNoise() throws IOException {
    RunDirectory run = train("run", SETTINGS);
    try (TrainedClassifier classifier = TrainedClassifier.load(device, run, materials.train())) {
      TrainedClassifier.DrawingSettings settings = new TrainedClassifier.DrawingSettings(6, 0, 0);
      float[][] weights = {{0, 0, 0, .5f, 0, 0, 0, 0, .5f, 0}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
      Drawings drawings = classifier.draw(weights, settings);
      assertArrayEquals(drawings.images(), classifier.draw(weights, settings).images());
      float[][] others = {weights[1], weights[1]};
      assertFalse(Arrays.equals(drawings.images(), classifier.draw(others, settings).images()));
      double stored = run.readMetrics().getLast().path("accuracy").doubleValue();
      assertEquals(stored, classifier.accuracy(materials.test(), 0));
      assertTrue(classifier.accuracy(materials.test(), 100) < .5);
      String message =
          assertThrows(
                  ConfigurationException.class,
                  () -> classifier.draw(weights, new TrainedClassifier.DrawingSettings(7, 0, 0)))
              .getMessage();
      assertEquals("the number of steps must be a multiple of sampler.levels = 3, not 7", message);
    }
  }

  private RunDirectory train(String name, String settings) throws IOException {
    return Training.run(
        materials, configuration(settings), folder.resolve(name), TrainingListener.NONE);
  }

  private Configuration configuration(String settings) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.toml"), settings);
    return ConfigurationFile.read(file, "score-stic", "synthetic");
  }
}
