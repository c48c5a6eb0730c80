package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.random.Purpose;
import org.stic.sampler.Drawer;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationFile;

/** Drawing through the classifiers of all passes, with classifiers that were never trained. */
class CascadeTest {
  private static final int PASSES = 3;
  private static final int STEPS = 4;
  private static final int COUNT = 5;
  private static final String SETTINGS =
      """
      network.convolutions = [{width = 3, kernel = 4, stride = 2, padding = 1}]
      sampler.step.steps = 2
      sampler.step.size = 50.0
      """;

  @TempDir Path folder;

  @Test
  void drawsAsTheClassifiersOfAllPassesDoOneAfterAnother() throws IOException {
    ImageDataset data = new Datasets(folder).load("synthetic", Split.TRAIN).first(40);
    Path settings = Files.writeString(folder.resolve("settings.toml"), SETTINGS);
    Configuration configuration = ConfigurationFile.read(settings, "inn", "synthetic");
    RunDirectory run = RunDirectory.create(folder.resolve("run"), configuration);
    try (Device device = TestDevice.open();
        DrawingClassifier subject = DrawingClassifier.of(device, configuration, data)) {
      writeCheckpoints(device, subject, run);
      float[] weights = subject.classWeights(0, COUNT);
      float[] expected = drawOneByOne(subject, run, weights);
      Ancestors ancestors = new Ancestors(subject);
      ancestors.restore(run, PASSES - 1);
      subject.weights().restore(Checkpoint.read(run.checkpoint(PASSES - 1), PASSES - 1));
      float[] own = subject.weights().trained().all().download();
      try (Drawer cascade = ancestors.drawer(STEPS, 0, Purpose.DRAWING_CANVAS, COUNT)) {
        assertEquals(COUNT, cascade.count());
        assertArrayEquals(expected, cascade.draw(weights, 7).images());
      }
      assertArrayEquals(own, subject.weights().trained().all().download());
      try (Drawer present = subject.drawer(STEPS, 0, Purpose.DRAWING_CANVAS, COUNT)) {
        assertFalse(Arrays.equals(expected, present.draw(weights, 7).images()));
      }
    }
  }

  private static void writeCheckpoints(Device device, DrawingClassifier subject, RunDirectory run)
      throws IOException {
    var pass = subject.configuration().pass();
    int elements = subject.imageElements();
    Fakes fakes = new Fakes(elements, subject.classes(), pass.newestShare());
    ChainStarts starts = ChainStarts.of(pass, elements, subject.classes());
    try (Adam adam = new Adam(device, subject.weights().trained(), 0, .999, 5, 0)) {
      for (int number = 0; number < PASSES; number++) {
        subject.weights().initialise(number);
        Checkpoint.write(run.checkpoint(number), number, 1, subject.weights(), adam, fakes, starts);
      }
    }
  }

  private static float[] drawOneByOne(DrawingClassifier subject, RunDirectory run, float[] weights)
      throws IOException {
    try (Drawer older = subject.drawer(2, 0, Purpose.CASCADE, COUNT);
        Drawer present = subject.drawer(STEPS, 0, Purpose.DRAWING_CANVAS, COUNT)) {
      int[] canvases = {35, 36, 37, 38, 39};
      float[] images = present.starts(weights, canvases);
      for (int number = 0; number < PASSES; number++) {
        subject.weights().restore(Checkpoint.read(run.checkpoint(number), number));
        images =
            number < PASSES - 1
                ? older.draw(weights, 7 * 1024 + number, canvases, images).images()
                : present.draw(weights, 7, canvases, images).images();
      }
      return images;
    }
  }
}
