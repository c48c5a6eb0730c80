package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images at random places of larger canvases. */
class PlacedDatasetTest {
  @TempDir Path folder;

  @Test
  void placedImagesLieWholeOnBlackAtPlacesOfTheirOwn() {
    Datasets datasets = new Datasets(folder);
    ImageDataset placed = datasets.load("synthetic-placed-64", Split.TEST);
    ImageDataset source = datasets.load("synthetic", Split.TEST);
    assertEquals(2000, placed.count());
    float[] one = image(placed, 0);
    assertArrayEquals(one, image(placed, 0));
    assertFalse(Arrays.equals(one, image(placed, 10)));
    // 28 of 64 pixels, so nothing is resized: the sum over black is kept.
    assertEquals(ink(image(source, 5)), ink(image(placed, 5)), .02);
    float[] train = image(datasets.load("synthetic-placed-64", Split.TRAIN), 0);
    assertFalse(Arrays.equals(one, train));
    assertTrue(one[0] == -1 || one[64 * 64 - 1] == -1);
  }

  @Test
  void largerCanvasesShowLargerImages() {
    ImageDataset placed = new Datasets(folder).load("synthetic-colour-placed-96", Split.TEST);
    assertEquals(new ImageShape(3, 96, 96), placed.shape());
    long black = IntStream.range(0, 96 * 96).filter(index -> image(placed, 3)[index] == -1).count();
    assertTrue(black >= 96 * 96 - 42 * 42, black + " black pixels");
  }

  @Test
  void namesAreKnownByTheirSource() {
    Datasets datasets = new Datasets(folder);
    assertEquals("mnist-placed-64", datasets.canonicalName("mnist-placed-64"));
    assertThrows(DatasetException.class, () -> datasets.canonicalName("nothing-placed-64"));
    assertFalse(datasets.isPresent("mnist-placed-64"));
    assertTrue(datasets.isPresent("synthetic-placed-64"));
    String refused =
        assertThrows(
                DatasetException.class, () -> datasets.load("synthetic-placed-9000", Split.TEST))
            .getMessage();
    assertEquals(
        "data set synthetic-placed-9000: its canvas can have from 32 to 1024 pixels a side, not"
            + " 9000",
        refused);
  }

  private static float[] image(ImageDataset data, int index) {
    float[] image = new float[data.shape().elements()];
    data.readImage(index, image, 0);
    return image;
  }

  private static double mean(float[] image) {
    double sum = 0;
    for (float pixel : image) {
      sum += pixel;
    }
    return sum / image.length;
  }

  private static double ink(float[] image) {
    return (mean(image) + 1) * image.length / 2;
  }
}
