package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.data.SyntheticShapes;
import org.stic.settings.DataSelection;
import org.stic.settings.JudgeSettings;

class QualityMeterTest {
  private static final int COUNT = 60;

  @TempDir Path folder;

  private static TrainedJudge judge(
      Device device, ImageDataset train, ImageDataset test, Path folder) throws IOException {
    JudgeSettings settings = new JudgeSettings(1, 20, 3e-3, 1);
    return new JudgeCache(folder).obtain(device, train, test, settings, TrainingListener.NONE);
  }

  @Test
  void realImagesScoreAsRealAndWorseImagesScoreWorse() throws IOException {
    ImageDataset train = SyntheticShapes.GREY.generate(Split.TRAIN).first(1000);
    ImageDataset test = SyntheticShapes.GREY.generate(Split.TEST).first(400);
    try (Device device = TestDevice.open();
        TrainedJudge judge = judge(device, train, test, folder)) {
      QualityMeter meter = new QualityMeter(judge, test);
      ImageQuality real = meter.ofReal(train, COUNT);
      assertTrue(real.hitRate() > .6, real.toString());
      assertEquals(1, real.diversity(), .15);
      assertEquals(1, real.highFrequency(), .15);
      assertEquals(1, real.pixelDiversity(), .15);
      ImageQuality copies = meter.measure(sameOfEachClass(train));
      assertEquals(0, copies.diversity(), 1e-5);
      assertEquals(0, copies.pixelDiversity(), 1e-5);
      assertTrue(copies.frechetDistance() > real.frechetDistance(), copies.toString());
      ImageQuality noise = meter.measure(noise(train.shape().elements()));
      assertTrue(noise.highFrequency() > 5 * real.highFrequency(), noise.toString());
      assertTrue(noise.hitRate() < .3, noise.toString());
      assertTrue(noise.frechetDistance() > 5 * real.frechetDistance(), noise.toString());
    }
  }

  private static float[] sameOfEachClass(ImageDataset train) {
    float[] images = new float[COUNT * train.shape().elements()];
    for (int index = 0; index < COUNT; index++) {
      train.readImage(index % 10, images, index * train.shape().elements());
    }
    return images;
  }

  private static float[] noise(int elements) {
    float[] images = new float[COUNT * elements];
    Random random = new Random(1);
    for (int index = 0; index < images.length; index++) {
      images[index] = random.nextFloat(-1, 1);
    }
    return images;
  }

  @Test
  void everySelectionOfClassesHasAJudgeOfItsOwn() throws IOException {
    ImageDataset train = SyntheticShapes.GREY.generate(Split.TRAIN).first(200);
    ImageDataset test = SyntheticShapes.GREY.generate(Split.TEST).first(100);
    DataSelection three =
        DataSelection.first(20)
            .withClasses(train.classNames().subList(2, 5))
            .withSubsetSeed(7)
            .withLabelNoise(.5);
    try (Device device = TestDevice.open();
        TrainedJudge all = judge(device, train, test, folder);
        TrainedJudge some = ofClasses(device, train, test, three);
        TrainedJudge again = ofClasses(device, train, test, three.withTrainingImages(30))) {
      assertEquals(some.name(), again.name(), "the judge must not depend on the run's subset");
      assertTrue(!all.name().equals(some.name()), all.name());
      assertEquals(3, some.probabilities(new float[test.shape().elements()]).length);
      String[] files = folder.toFile().list();
      assertEquals(2, files.length, Arrays.toString(files));
    }
  }

  private TrainedJudge ofClasses(
      Device device, ImageDataset train, ImageDataset test, DataSelection selection)
      throws IOException {
    return judge(
        device,
        DataSelector.ofClasses(train, selection),
        DataSelector.ofClasses(test, selection),
        folder);
  }
}
