package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.stic.data.ImageShape;
import org.stic.data.LoadOptions;
import org.stic.data.Split;
import org.stic.sampler.Drawings;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.JudgeSettings;

/** Whole runs of Attentive-STIC with a tiny net on canvases larger than its glimpses. */
class AttentiveTrainingTest {
  private static final String SETTINGS =
      """
      data_selection.training_images = 200
      passes = 1
      network.side = 12
      network.grid = 2
      network.convolutions = [
        {width = 4, kernel = 4, stride = 2, padding = 1},
        {width = 6, kernel = 4, stride = 2, padding = 1}]
      start.epochs = 1
      start.batch = {real = 8, mixup = 8, hard = 0, soft = 0}
      pass.refreshes = 2
      pass.hard_fakes = 3
      pass.soft_fakes = 2
      pass.updates = 3
      sampler.step.steps = 5
      evaluation = {samples = 13, steps = 5, correction_steps = 2}
      """;
  @TempDir static Path shared;
  private static Device device;
  private static Training.Materials materials;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    device = TestDevice.open();
    Datasets datasets = new Datasets(shared);
    LoadOptions large = new LoadOptions(48, 1);
    ImageDataset train = datasets.load("synthetic-colour", Split.TRAIN, large).first(250);
    ImageDataset test = datasets.load("synthetic-colour", Split.TEST, large).first(103);
    materials = materials(train, test);
  }

  private static Training.Materials materials(ImageDataset train, ImageDataset test)
      throws IOException {
    JudgeSettings settings = new JudgeSettings(1, 25, 1e-3, 1);
    JudgeCache cache = new JudgeCache(shared);
    TrainedJudge judge = cache.obtain(device, train, test, settings, TrainingListener.NONE);
    return new Training.Materials(device, train, test, judge);
  }

  @AfterAll
  static void release() {
    materials.judge().close();
    device.close();
  }

  /** Stopped after its start and continued; with the head, whose parameters are kept too. */
  @ParameterizedTest
  @ValueSource(strings = {"saliency", "head"})
  void aResumedRunEndsWithTheSameBits(String choice) throws IOException {
    Configuration whole = configuration("sampler.windows.choice = \"" + choice + "\"");
    RunDirectory uncut = run("uncut", whole);
    run("cut", whole.withPasses(0));
    Path cut = folder.resolve("cut");
    Files.copy(
        uncut.folder().resolve("config.toml"),
        cut.resolve("config.toml"),
        StandardCopyOption.REPLACE_EXISTING);
    RunDirectory resumed = Training.resume(materials, cut, TrainingListener.NONE);
    assertArrayEquals(
        Files.readAllBytes(uncut.checkpoint(1)), Files.readAllBytes(resumed.checkpoint(1)));
    for (JsonNode pass : uncut.readMetrics()) {
      assertTrue(Double.isFinite(pass.path("loss").doubleValue()), pass.toString());
      assertTrue(pass.path("displacement").doubleValue() > 0, pass.toString());
      double acceptance = pass.path("acceptance").doubleValue();
      assertTrue(acceptance >= 0 && acceptance <= 1, pass.toString());
    }
  }

  /** The head's gradient passes through the windows: after training it is not where it began. */
  @Test
  void theHeadLearnsOnlyWhereItIsAsked() throws IOException {
    double[] moved = new double[2];
    String[] choices = {"head", "saliency"};
    for (int index = 0; index < 2; index++) {
      Configuration configuration =
          configuration("sampler.windows.choice = \"" + choices[index] + "\"").withPasses(0);
      RunDirectory run = run(choices[index], configuration);
      float[] bias = Checkpoint.read(run.checkpoint(0), 0).floats("window.bias", 2);
      moved[index] = Math.hypot(bias[0], bias[1]);
    }
    assertTrue(moved[0] > 1e-4, "the head stayed where it was: " + moved[0]);
    assertEquals(0, moved[1]);
  }

  @Test
  void stripsShowEveryStep() throws IOException {
    RunDirectory run = run("run", configuration("sampler.windows.draws = 3").withPasses(0));
    try (TrainedClassifier classifier = TrainedClassifier.load(device, run, materials.train())) {
      float[] weights = new float[10];
      weights[4] = 1;
      var settings = new TrainedClassifier.DrawingSettings(6, 0, 1);
      List<float[]> frames = classifier.strip(weights, settings);
      assertEquals(4, frames.size());
      assertEquals(3 * 48 * 48, frames.getLast().length);
      Drawings drawings = classifier.draw(new float[][] {weights}, settings);
      assertArrayEquals(drawings.images(), frames.getLast());
    }
  }

  /** A thousand classes: what a class needs is made when the class is drawn, no tables before. */
  @Test
  void aThousandClassesTrainAndDraw() throws IOException {
    ImageDataset train = manyClasses(1000, Split.TRAIN);
    ImageDataset test = manyClasses(1000, Split.TEST);
    Configuration configuration =
        configuration("data_selection.training_images = 1000\nstart.epochs = 0.2").withPasses(1);
    Training.Materials many = materials(train, test);
    try (TrainedJudge _ = many.judge()) {
      RunDirectory run =
          Training.run(many, configuration, folder.resolve("many"), TrainingListener.NONE);
      try (TrainedClassifier classifier = TrainedClassifier.load(device, run, train)) {
        float[] weights = new float[1000];
        weights[999] = .5f;
        weights[3] = .5f;
        var settings = new TrainedClassifier.DrawingSettings(5, 0, 0);
        Drawings drawings = classifier.draw(new float[][] {weights}, settings);
        assertEquals(0, drawings.brokenChains());
      }
    }
  }

  /** One noisy picture of 32 x 32 a class, whose three bands say which. */
  private static ImageDataset manyClasses(int classes, Split split) {
    ImageShape shape = new ImageShape(1, 32, 32);
    MemorySegment pixels = Arena.ofAuto().allocate((long) classes * shape.elements());
    Random random = new Random(split == Split.TRAIN ? 0 : 1);
    int[] labels = IntStream.range(0, classes).toArray();
    for (int index = 0; index < classes; index++) {
      for (int element = 0; element < shape.elements(); element++) {
        int band = element / 342;
        int digit = index / (band == 0 ? 1 : band == 1 ? 10 : 100) % 10;
        byte value = (byte) (20 + 20 * digit + random.nextInt(15));
        pixels.set(ValueLayout.JAVA_BYTE, (long) index * shape.elements() + element, value);
      }
    }
    List<String> names = IntStream.of(labels).mapToObj(label -> "class" + label).toList();
    return new ImageDataset("many", split, shape, names, pixels, labels);
  }

  @Test
  void windowsThatDoNotFitAreRefusedInOneSentence() throws IOException {
    assertRefused(
        "network.side = 49",
        "network.side must be at most 48, the smaller side of the images of synthetic-colour,"
            + " not 49");
    assertRefused(
        "sampler.windows.finest_stride = 4.5",
        "sampler.windows.finest_stride must be at most 4.0, the stride of the window"
            + " over the whole canvas, not 4.5");
  }

  private void assertRefused(String line, String sentence) throws IOException {
    Configuration configuration = configuration(line);
    String message =
        assertThrows(
                ConfigurationException.class, () -> run("refused-" + line.length(), configuration))
            .getMessage();
    assertEquals(sentence, message);
  }

  private RunDirectory run(String name, Configuration configuration) throws IOException {
    return Training.run(materials, configuration, folder.resolve(name), TrainingListener.NONE);
  }

  private Configuration configuration(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.toml"), SETTINGS);
    Path more = Files.writeString(folder.resolve("more.toml"), line);
    return ConfigurationFile.read(List.of(file, more), "attentive-stic", "synthetic-colour");
  }
}
