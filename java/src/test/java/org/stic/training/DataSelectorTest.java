package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stic.data.ImageDataset;
import org.stic.data.ImageShape;
import org.stic.data.Split;
import org.stic.settings.ConfigurationException;
import org.stic.settings.DataSelection;

class DataSelectorTest {
  private static final List<String> CLASSES = List.of("ant", "bee", "cat");
  private static final int COUNT = 240;

  /** Image i is one pixel of value i; there is twice as much of "cat" as of each of the others. */
  private static ImageDataset images() {
    byte[] pixels = new byte[COUNT];
    int[] labels = new int[COUNT];
    for (int index = 0; index < COUNT; index++) {
      pixels[index] = (byte) index;
      labels[index] = Math.min(2, index % 4);
    }
    return new ImageDataset(
        "insects",
        Split.TRAIN,
        new ImageShape(1, 1, 1),
        CLASSES,
        MemorySegment.ofArray(pixels),
        labels);
  }

  private static int[] labels(ImageDataset images) {
    return IntStream.range(0, images.count()).map(images::label).toArray();
  }

  /** The number of each image in the whole set, from its pixel. */
  private static int[] originals(ImageDataset images) {
    float[] pixel = new float[1];
    return IntStream.range(0, images.count())
        .map(
            index -> {
              images.readImage(index, pixel, 0);
              return Math.round((pixel[0] + 1) * 127.5f);
            })
        .toArray();
  }

  @Test
  void seedZeroTakesTheFirstImages() {
    ImageDataset chosen = DataSelector.training(images(), DataSelection.first(5));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, originals(chosen));
    assertEquals(COUNT, DataSelector.training(images(), DataSelection.first(1000)).count());
  }

  @Test
  void classesAreNumberedAnewInTheOrderOfTheSet() {
    DataSelection selection = DataSelection.first(4).withClasses(List.of("cat", "bee"));
    ImageDataset chosen = DataSelector.training(images(), selection);
    assertEquals(List.of("bee", "cat"), chosen.classNames());
    assertArrayEquals(new int[] {1, 2, 3, 5}, originals(chosen));
    assertArrayEquals(new int[] {0, 1, 1, 0}, labels(chosen));
    ImageDataset again = DataSelector.training(chosen, selection);
    assertArrayEquals(originals(chosen), originals(again));
  }

  @Test
  void unknownClassIsRefusedWithTheKnownOnes() {
    DataSelection selection = DataSelection.first(4).withClasses(List.of("cat", "dog"));
    String message =
        assertThrows(
                ConfigurationException.class, () -> DataSelector.ofClasses(images(), selection))
            .getMessage();
    assertEquals("insects has no class 'dog'; its classes are ant, bee, cat", message);
  }

  @Test
  void drawnSubsetsAreBalancedDifferentAndRepeatable() {
    DataSelection selection = DataSelection.first(31).withSubsetSeed(1);
    ImageDataset one = DataSelector.training(images(), selection);
    ImageDataset two = DataSelector.training(images(), selection.withSubsetSeed(2));
    assertArrayEquals(originals(one), originals(DataSelector.training(images(), selection)));
    assertFalse(Arrays.equals(originals(one), originals(two)));
    assertEquals(31, IntStream.of(originals(one)).distinct().count());
    for (int label = 0; label < 3; label++) {
      int size = one.indicesOfClass(label).length;
      assertTrue(size == 10 || size == 11, label + ": " + size);
    }
  }

  @Test
  void aClassThatRunsOutLeavesItsPlaceToTheOthers() {
    DataSelection selection = DataSelection.first(COUNT - 20).withSubsetSeed(3);
    ImageDataset chosen = DataSelector.training(images(), selection);
    assertEquals(60, chosen.indicesOfClass(0).length);
    assertEquals(60, chosen.indicesOfClass(1).length);
    assertEquals(100, chosen.indicesOfClass(2).length);
  }

  @Test
  void noiseRedrawsItsShareOfLabelsAndKeepsTheImages() {
    DataSelection clean = DataSelection.first(COUNT);
    ImageDataset some = DataSelector.training(images(), clean.withLabelNoise(.4));
    ImageDataset more = DataSelector.training(images(), clean.withLabelNoise(.8));
    assertArrayEquals(originals(images()), originals(some));
    int wrong = differences(images(), some);
    double expected = COUNT * .4 * 2 / 3;
    double deviation = Math.sqrt(expected * (1 - .4 * 2 / 3));
    assertEquals(expected, wrong, 4 * deviation);
    int redrawnInBoth = differences(images(), some) + differences(some, more);
    assertEquals(differences(images(), more), redrawnInBoth, "more noise undid redrawn labels");
    ImageDataset other =
        DataSelector.training(images(), clean.withLabelNoise(.4).withSubsetSeed(9));
    assertTrue(differences(some, other) > 0);
  }

  private static int differences(ImageDataset one, ImageDataset other) {
    return (int)
        IntStream.range(0, one.count()).filter(i -> one.label(i) != other.label(i)).count();
  }
}
