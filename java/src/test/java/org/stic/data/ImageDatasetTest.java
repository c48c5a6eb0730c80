package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(3, 2, 1);

  private static ImageDataset dataset(int images, int... labels) {
    MemorySegment pixels = MemorySegment.ofArray(DatasetFixtures.ramp(images * 6));
    return new ImageDataset("tiny", Split.TEST, SHAPE, List.of("a", "b"), pixels, labels);
  }

  @Test
  void everyByteIsScaledToTheUnitRange() {
    byte[] bytes = new byte[256];
    for (int value = 0; value < 256; value++) {
      bytes[value] = (byte) value;
    }
    ImageShape shape = new ImageShape(1, 16, 16);
    MemorySegment pixels = MemorySegment.ofArray(bytes);
    ImageDataset set = new ImageDataset("all", Split.TEST, shape, List.of("a"), pixels, new int[1]);
    float[] image = new float[256];
    set.readImage(0, image, 0);
    assertEquals(-1, image[0]);
    assertEquals(1, image[255]);
    for (int value = 0; value < 256; value++) {
      assertEquals(value / 127.5 - 1, image[value], 1e-7);
    }
  }

  @Test
  void segmentsAndArraysReceiveTheSame() {
    ImageDataset set = dataset(3, 0, 1, 0);
    float[] expected = new float[6];
    set.readImage(2, expected, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(12 + 6 * Float.BYTES, 8);
      set.readImage(2, target, 12);
      assertArrayEquals(expected, target.asSlice(12).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
    }
  }

  @Test
  void firstKeepsTheBeginning() {
    ImageDataset first = dataset(3, 0, 1, 0).first(2);
    assertEquals(2, first.count());
    assertArrayEquals(new int[] {1}, first.indicesOfClass(1));
    assertThrows(DatasetException.class, () -> first.first(3));
    assertThrows(DatasetException.class, () -> first.first(0));
  }

  @Test
  void sizesAndLabelsMustAgree() {
    assertThrows(DatasetException.class, () -> dataset(2, 0));
    assertThrows(DatasetException.class, () -> dataset(1, 2));
  }
}
