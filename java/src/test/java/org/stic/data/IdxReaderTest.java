package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  @TempDir Path folder;

  @BeforeEach
  void writeGoodFiles() throws IOException {
    DatasetFixtures.writeIdxTraining(folder, new byte[] {2, 0, 1, 2});
  }

  private ImageDataset read() {
    return new IdxReader().read("tiny", CLASSES, folder, Split.TRAIN);
  }

  private String failure() {
    return assertThrows(DatasetException.class, this::read).getMessage();
  }

  @Test
  void readsShapesLabelsAndScaledPixels() {
    ImageDataset set = read();
    assertEquals(new ImageShape(1, 5, 3), set.shape());
    assertEquals(4, set.count());
    assertArrayEquals(new int[] {0, 3}, set.indicesOfClass(2));
    float[] image = new float[17];
    Arrays.fill(image, Float.NaN);
    set.readImage(1, image, 1);
    assertTrue(Float.isNaN(image[0]) && Float.isNaN(image[16]), "wrote outside of the image");
    for (int element = 0; element < 15; element++) {
      assertEquals((15 + element) / 127.5f - 1, image[1 + element]);
    }
  }

  @Test
  void gzippedFilesAreReadAlike() throws IOException {
    for (String file : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
      Path plain = folder.resolve(file);
      Files.write(folder.resolve(file + ".gz"), DatasetFixtures.gzip(Files.readAllBytes(plain)));
      Files.delete(plain);
    }
    float[] image = new float[15];
    read().readImage(3, image, 0);
    assertEquals(45 / 127.5f - 1, image[0]);
  }

  @Test
  void truncatedFileIsNamedWithBothSizes() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 16 + 59));
    String message = failure();
    assertTrue(message.contains(images + " is damaged"), message);
    assertTrue(message.contains("60 bytes") && message.contains("59 follow"), message);
  }

  @Test
  void truncatedGzipIsNamed() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte");
    byte[] compressed = DatasetFixtures.gzip(Files.readAllBytes(images));
    Files.delete(images);
    Files.write(folder.resolve(images + ".gz"), Arrays.copyOf(compressed, compressed.length - 9));
    assertTrue(failure().contains(".gz is a truncated or damaged gzip file"));
  }

  @Test
  void wrongMagicSaysWhatItMustStartWith() throws IOException {
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(labels, DatasetFixtures.idx(0x802, new byte[4], 4));
    assertTrue(failure().contains("must start with 00000801"));
  }

  @Test
  void emptyFileIsNoIdxFile() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[0]);
    assertTrue(failure().contains("is no idx file"));
  }

  @Test
  void labelBeyondTheClassesIsNamed() throws IOException {
    DatasetFixtures.writeIdxTraining(folder, new byte[] {0, 1, 3, 2});
    assertTrue(failure().contains("image 2 has label 3, but labels run from 0 to 2"));
  }

  @Test
  void countsMustAgree() throws IOException {
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(labels, DatasetFixtures.idx(0x801, new byte[3], 3));
    assertTrue(failure().contains("has 4 images, but " + labels + " has 3 labels"));
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    assertTrue(failure().contains("train-labels-idx1-ubyte"));
  }
}
