package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticShapesTest {

  private static float[] image(ImageDataset set, int index) {
    float[] image = new float[set.shape().elements()];
    set.readImage(index, image, 0);
    return image;
  }

  @Test
  void classesAreBalancedAndShapesAreAsNamed() {
    ImageDataset grey = SyntheticShapes.GREY.generate(Split.TEST);
    ImageDataset colour = SyntheticShapes.COLOUR.generate(Split.TEST);
    assertEquals(new ImageShape(1, 28, 28), grey.shape());
    assertEquals(new ImageShape(3, 32, 32), colour.shape());
    assertEquals(10, grey.classNames().size());
    for (int label = 0; label < 10; label++) {
      assertEquals(grey.count() / 10, grey.indicesOfClass(label).length);
    }
  }

  @Test
  void imagesDependOnSplitAndIndexOnly() {
    ImageDataset test = SyntheticShapes.GREY.generate(Split.TEST);
    ImageDataset again = SyntheticShapes.GREY.generate(Split.TEST);
    ImageDataset train = SyntheticShapes.GREY.generate(Split.TRAIN);
    assertArrayEquals(image(test, 17), image(again, 17));
    assertFalse(Arrays.equals(image(test, 17), image(train, 17)));
    assertFalse(Arrays.equals(image(test, 17), image(test, 27)));
  }

  @Test
  void pixelsAreTheSameOnEveryMachine() {
    ImageDataset set = SyntheticShapes.COLOUR.generate(Split.TEST).first(20);
    CRC32 checksum = new CRC32();
    for (int index = 0; index < set.count(); index++) {
      for (float value : image(set, index)) {
        checksum.update(Math.round((value + 1) * 127.5f));
      }
    }
    assertEquals(1443657198L, checksum.getValue());
  }

  /** A nearest-neighbour classifier is far better than chance and far from perfect. */
  @Test
  void learnableButNotTrivial() {
    ImageDataset train = SyntheticShapes.GREY.generate(Split.TRAIN).first(1000);
    ImageDataset test = SyntheticShapes.GREY.generate(Split.TEST).first(200);
    int right = 0;
    for (int index = 0; index < test.count(); index++) {
      right += nearestLabel(train, image(test, index)) == test.label(index) ? 1 : 0;
    }
    assertTrue(right > 60 && right < 190, right + " of 200 right");
  }

  private static int nearestLabel(ImageDataset train, float[] image) {
    double best = Double.POSITIVE_INFINITY;
    int label = -1;
    for (int index = 0; index < train.count(); index++) {
      double distance = squaredDistance(image(train, index), image);
      if (distance < best) {
        best = distance;
        label = train.label(index);
      }
    }
    return label;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int element = 0; element < a.length; element++) {
      sum += (a[element] - b[element]) * (a[element] - b[element]);
    }
    return sum;
  }
}
