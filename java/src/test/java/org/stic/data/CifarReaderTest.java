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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");

  @TempDir Path folder;

  private ImageDataset read(Split split) {
    return new Cifar10Reader().read("tiny", CLASSES, folder, split);
  }

  private String failure() {
    return assertThrows(DatasetException.class, () -> read(Split.TEST)).getMessage();
  }

  private void writeTestPicture(int images, String labels) throws IOException {
    DatasetFixtures.writeCifarPicture(folder.resolve("test_batch.png"), images);
    Files.writeString(folder.resolve("test_lables.json"), labels);
  }

  private static float[] pixels(ImageDataset set) {
    float[] pixels = new float[set.count() * set.shape().elements()];
    for (int index = 0; index < set.count(); index++) {
      set.readImage(index, pixels, index * set.shape().elements());
    }
    return pixels;
  }

  @Test
  void bothFormsHoldTheSameImages() throws IOException {
    writeTestPicture(3, "[3,0,1]");
    ImageDataset fromPicture = read(Split.TEST);
    Files.write(folder.resolve("test_batch.bin"), DatasetFixtures.cifarBinary(3, 0, 1));
    ImageDataset fromBinary = read(Split.TEST);
    assertEquals(3, fromBinary.label(0));
    assertEquals(1, fromPicture.label(2));
    assertEquals(100 / 127.5f - 1, pixels(fromBinary)[100]);
    assertArrayEquals(pixels(fromBinary), pixels(fromPicture));
  }

  @Test
  void trainingBatchesFollowEachOther() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      byte[] records = DatasetFixtures.cifarBinary(batch % 4, 0);
      Files.write(folder.resolve("data_batch_" + batch + ".bin"), records);
    }
    ImageDataset set = read(Split.TRAIN);
    assertEquals(10, set.count());
    assertEquals(3, set.label(4));
    float[] pixels = pixels(set);
    assertArrayEquals(
        Arrays.copyOfRange(pixels, 0, 2 * 3072), Arrays.copyOfRange(pixels, 6 * 3072, 8 * 3072));
  }

  @Test
  void partOfARecordIsRejected() throws IOException {
    byte[] records = DatasetFixtures.cifarBinary(0, 1);
    Files.write(folder.resolve("test_batch.bin"), Arrays.copyOf(records, 3073 + 3072));
    assertTrue(failure().contains("6145 bytes are no whole number of 3073-byte records"));
  }

  @Test
  void labelBeyondTheClassesIsRejectedInBothForms() throws IOException {
    writeTestPicture(2, "[0,4]");
    assertTrue(failure().contains("entry 1 is 4, but labels run from 0 to 3"));
    Files.write(folder.resolve("test_batch.bin"), DatasetFixtures.cifarBinary(0, 1, 255));
    assertTrue(failure().contains("record 2 has label 255, but labels run from 0 to 3"));
  }

  @Test
  void labelsAndPicturesMustAgreeInNumber() throws IOException {
    writeTestPicture(2, "[0,1,2]");
    assertTrue(failure().contains("has 3 labels, but the pictures beside it hold 2 images"));
    writeTestPicture(3, "[0,1]");
    assertTrue(failure().contains("has 2 labels, but the pictures beside it hold 3 images"));
  }

  @Test
  void damagedPictureOrLabelsAreNamed() throws IOException {
    writeTestPicture(2, "[0,1");
    assertTrue(failure().contains("test_lables.json is damaged"));
    Files.writeString(folder.resolve("test_lables.json"), "[0,1]");
    Files.write(folder.resolve("test_batch.png"), new byte[100]);
    assertTrue(failure().contains("test_batch.png is no PNG picture"));
  }
}
