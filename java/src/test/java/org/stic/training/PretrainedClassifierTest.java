package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stic.cuda.Device;
import org.stic.cuda.SimtControl;
import org.stic.cuda.TestDevice;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.Split;
import org.stic.graph.Shape;
import org.stic.settings.ConfigurationException;

/** Published weights through our own convolutions, normalisation, shortcuts and pooling. */
class PretrainedClassifierTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final String FILE = "judges/resnet56-4bfd9763.safetensors";
  private static final int IMAGES = 1000;

  /** What PyTorch 1.13 finds with the same file: right answers, and the logits of image 0. */
  private static final int RIGHT = 926;

  private static final float[] LOGITS = {
    -5.5256376f, -1.5468740f, -0.7157824f, 19.439425f, -5.09771f,
    3.0219357f, -1.5109165f, -0.9350475f, -1.7958263f, -5.40494f
  };

  @TempDir Path folder;

  @Test
  void resNet56AnswersAsInPyTorch() throws IOException {
    Path weights = weights();
    Datasets datasets = Datasets.standard();
    assumeTrue(weights != null, "SKIPPED: no " + FILE + " below $STIC_DATA");
    assumeTrue(datasets.isPresent("cifar10"), "SKIPPED: CIFAR-10 is not below $STIC_DATA");
    ImageDataset test = datasets.load("cifar10", Split.TEST).first(IMAGES);
    try (Device device = TestDevice.open();
        PretrainedClassifier classifier =
            PretrainedClassifier.load(device, "resnet56", weights, IMAGE, 10)) {
      SimtControl.of(device).setChecked(false);
      var answers =
          classifier.answer(test.count(), (target, index) -> test.readImage(index, target, 0));
      assertArrayEquals(LOGITS, Arrays.copyOf(answers.logits(), LOGITS.length), 2e-4f);
      assertEquals(RIGHT, right(answers.logits(), test));
      assertEquals(IMAGES * 64, answers.features().length);
    }
  }

  private static Path weights() {
    String data = System.getenv("STIC_DATA");
    Path file = data == null ? null : Path.of(data).resolve(FILE);
    return file != null && Files.isRegularFile(file) ? file : null;
  }

  private static int right(float[] logits, ImageDataset test) {
    int right = 0;
    for (int image = 0; image < test.count(); image++) {
      int best = 0;
      for (int label = 1; label < 10; label++) {
        best = logits[image * 10 + label] > logits[image * 10 + best] ? label : best;
      }
      right += best == test.label(image) ? 1 : 0;
    }
    return right;
  }

  @Test
  void anUnknownModelIsNamed() throws IOException {
    Path empty = folder.resolve("empty.safetensors");
    Files.write(empty, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    try (Device device = TestDevice.open()) {
      String message =
          assertThrows(
                  ConfigurationException.class,
                  () -> PretrainedClassifier.load(device, "resnet57", empty, IMAGE, 10))
              .getMessage();
      assertTrue(message.contains("6 n + 2"), message);
      message =
          assertThrows(
                  ConfigurationException.class,
                  () -> PretrainedClassifier.load(device, "alexnet", empty, IMAGE, 10))
              .getMessage();
      assertTrue(message.startsWith("unknown model 'alexnet'; the models are"), message);
      message =
          assertThrows(
                  IOException.class,
                  () -> PretrainedClassifier.load(device, "resnet20", empty, IMAGE, 10))
              .getMessage();
      assertTrue(message.startsWith(empty + ": "), message);
      assertTrue(message.contains("'bn1.bias'"), message);
    }
  }
}
