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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stic.cuda.Device;
import org.stic.cuda.SimtControl;
import org.stic.cuda.TestDevice;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.SafetensorsReader;
import org.stic.model.SafetensorsWriter;
import org.stic.model.StoredTensor;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationException;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.JudgeSettings;

/** Whole runs of small residual networks on the synthetic set. */
class ResidualTrainingTest {
  private static final String RESNET = "kind = \"cifar-resnet\", depth = 8, width = 4";
  private static final String WIDE = "kind = \"wide-resnet\", depth = 10, widen = 1";

  private static final String SETTINGS =
      """
      data_selection.training_images = 300
      passes = 1
      start.epochs = 4
      start.peak_rate = 0.02
      start.batch = {real = 16, mixup = 8, hard = 0, soft = 0}
      pass.refreshes = 1
      pass.hard_fakes = 3
      pass.soft_fakes = 2
      pass.updates = 2
      pass.optimizer.average_decay = 0.5
      sampler.step.steps = 2
      evaluation = {samples = 6, steps = 2, correction_steps = 0}
      """;
  @TempDir static Path shared;
  private static Device device;
  private static Training.Materials materials;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    device = TestDevice.open();
    SimtControl.of(device).setChecked(false);
    Datasets datasets = new Datasets(shared);
    ImageDataset train = datasets.load("synthetic", Split.TRAIN).first(400);
    ImageDataset test = datasets.load("synthetic", Split.TEST).first(100);
    JudgeSettings settings = new JudgeSettings(1, 20, 1e-3, 1);
    TrainedJudge judge =
        new JudgeCache(shared).obtain(device, train, test, settings, TrainingListener.NONE);
    materials = new Training.Materials(device, train, test, judge);
  }

  @AfterAll
  static void release() {
    materials.judge().close();
    device.close();
  }

  private Configuration configuration(String network) throws IOException {
    Path file = folder.resolve("settings.toml");
    Files.writeString(file, SETTINGS + "network = {" + network + "}\n");
    return ConfigurationFile.read(file, "stic", "synthetic");
  }

  @Test
  void aResNetWithBatchNormalisationLearnsAndContinuesWithTheSameBits() throws IOException {
    Configuration settings = configuration(RESNET + ", normalisation = \"batch\"");
    RunDirectory whole =
        Training.run(materials, settings, folder.resolve("whole"), TrainingListener.NONE);
    List<JsonNode> metrics = whole.readMetrics();
    double accuracy = metrics.getFirst().path("accuracy").doubleValue();
    assertTrue(accuracy > 0.3, "accuracy after the start is " + accuracy + ", by chance 0.1");
    Safetensors start = SafetensorsReader.read(whole.checkpoint(0));
    assertFalse(
        Arrays.equals(new float[4], start.floats("bn1.running_mean", 4)), "statistics follow");

    Path cut = folder.resolve("cut");
    stopAfterStart(settings, cut);
    RunDirectory resumed = Training.resume(materials, cut, TrainingListener.NONE);
    for (int pass = 0; pass <= 1; pass++) {
      assertArrayEquals(
          Files.readAllBytes(whole.checkpoint(pass)),
          Files.readAllBytes(resumed.checkpoint(pass)),
          "checkpoint of pass " + pass);
    }
  }

  private static void stopAfterStart(Configuration settings, Path cut) {
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void passFinished(PassMetrics metrics) {
            throw new CancellationException("stopped");
          }
        };
    assertThrows(
        CancellationException.class, () -> Training.run(materials, settings, cut, stopping));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RESNET + ", normalisation = \"group\"",
        RESNET + ", normalisation = \"none\"",
        WIDE + ", layout = \"jem\", normalisation = \"none\"",
        WIDE + ", layout = \"standard\", normalisation = \"batch\""
      })
  void everyResidualNetworkTrainsAndDraws(String network) throws IOException {
    Configuration settings = brief(network);
    RunDirectory run =
        Training.run(materials, settings, folder.resolve("run"), TrainingListener.NONE);
    for (JsonNode pass : run.readMetrics()) {
      assertTrue(Double.isFinite(pass.path("loss").doubleValue()), pass.toString());
      assertTrue(pass.path("displacement").doubleValue() > 0, pass.toString());
      assertEquals(0, pass.path("broken_chains").intValue(), pass.toString());
    }
  }

  private Configuration brief(String network) throws IOException {
    Path file = folder.resolve("brief.toml");
    Files.writeString(
        file, SETTINGS.replace("epochs = 4", "epochs = 0.5") + "network = {" + network + "}\n");
    return ConfigurationFile.read(file, "stic", "synthetic");
  }

  @Test
  void wrongDepthsAreNamed() {
    assertRefused(
        RESNET.replace("depth = 8", "depth = 9") + ", normalisation = \"batch\"",
        "network.depth of a cifar-resnet must be 6 n + 2");
    assertRefused(
        WIDE.replace("depth = 10", "depth = 11") + ", layout = \"jem\", normalisation = \"none\"",
        "network.depth of a wide-resnet must be 6 n + 4");
    assertRefused(RESNET, "network.normalisation is missing");
    assertRefused(RESNET + ", normalisation = \"layer\"", "network.normalisation");
  }

  private void assertRefused(String network, String message) {
    String found =
        assertThrows(ConfigurationException.class, () -> configuration(network)).getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void exportedWeightsBeginAnotherRun() throws IOException {
    Configuration settings = brief(RESNET + ", normalisation = \"batch\"");
    RunDirectory first =
        Training.run(materials, settings, folder.resolve("first"), TrainingListener.NONE);
    Path all = folder.resolve("all.safetensors");
    Path plain = folder.resolve("plain.safetensors");
    try (TrainedClassifier trained = TrainedClassifier.load(device, first, materials.train())) {
      trained.export(all, false);
      trained.export(plain, true);
      double accuracy = trained.accuracy(materials.test(), 0);
      for (Path weights : List.of(all, plain)) {
        RunDirectory second = begin(settings, weights);
        JsonNode start = second.readMetrics().getFirst();
        assertEquals(accuracy, start.path("accuracy").doubleValue(), weights.toString());
        assertEquals(0, start.path("updates").intValue());
      }
    }
    Safetensors written = SafetensorsReader.read(plain);
    assertEquals("[1,28,28]", written.text("input"));
    assertEquals("stic", written.text("preset"));
    assertEquals(10, written.floats("linear.bias", 10).length);
    assertEquals(12, SafetensorsReader.read(all).floats("linear.bias", 12).length);
  }

  private RunDirectory begin(Configuration settings, Path weights) throws IOException {
    return Training.run(
        materials,
        settings.withPasses(0),
        folder.resolve("of-" + weights.getFileName()),
        weights,
        TrainingListener.NONE);
  }

  @Test
  void wrongWeightsAreNamedAndLeaveNoCheckpoint() throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", StoredTensor.ofFloats(new float[4 * 9], 4, 1, 3, 3));
    Path file = folder.resolve("wrong.safetensors");
    SafetensorsWriter.write(new Safetensors(file, Map.of(), tensors));
    Configuration settings = brief(RESNET + ", normalisation = \"batch\"");
    String message =
        assertThrows(SafetensorsException.class, () -> begin(settings, file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains("are missing, which the model has"), message);
  }
}
