package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReaderTest {
  @TempDir private Path root;

  private ImageDataset load(Split split, int side, long seed) {
    return new Datasets(root).load("folder:" + root, split, new LoadOptions(side, seed));
  }

  private ImageDataset load(Split split) {
    return load(split, 0, 0);
  }

  private static String pixels(ImageDataset images, int index) {
    float[] image = new float[images.shape().elements()];
    images.readImage(index, image, 0);
    return Arrays.toString(image);
  }

  private static Set<String> all(ImageDataset images) {
    Set<String> found = new HashSet<>();
    for (int index = 0; index < images.count(); index++) {
      found.add(images.label(index) + pixels(images, index));
    }
    return found;
  }

  private static byte[] digest(ImageDataset images) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    images.update(digest);
    return digest.digest();
  }

  @Test
  void classesAreSortedByCodePointAndTakeTurns() throws IOException {
    Pictures.folder(root, 20, 11, "bee", "ant", "Zebra", "\u00e9clair", "z");
    ImageDataset train = load(Split.TRAIN);
    assertEquals(List.of("Zebra", "ant", "bee", "z", "\u00e9clair"), train.classNames());
    assertEquals(new ImageShape(3, 20, 20), train.shape());
    assertEquals(50, train.count());
    for (int index = 0; index < 50; index++) {
      assertEquals(index % 5, train.label(index));
    }
    assertEquals(5, load(Split.TEST).count());
  }

  @Test
  void aSetWithoutTestImagesIsDividedByTheSeed() throws IOException {
    Pictures.folder(root, 9, 20, "a", "b");
    Set<String> train = all(load(Split.TRAIN));
    Set<String> test = all(load(Split.TEST));
    assertEquals(36, train.size());
    assertEquals(4, test.size());
    test.forEach(image -> assertTrue(!train.contains(image), "no image is in both"));
    assertEquals(test, all(load(Split.TEST)), "the same seed divides alike");
    assertNotEquals(test, all(load(Split.TEST, 0, 1)), "another seed divides otherwise");
  }

  @Test
  void splitsOfItsOwnAreTakenAsTheyAre() throws IOException {
    Pictures.folder(root.resolve("train"), 12, 3, "a", "b");
    Pictures.folder(root.resolve("val"), 12, 2, "b");
    assertEquals(6, load(Split.TRAIN).count());
    ImageDataset test = load(Split.TEST);
    assertEquals(2, test.count());
    assertEquals(1, test.label(0));
    Pictures.folder(root.resolve("test"), 12, 1, "a");
    assertEquals(1, load(Split.TEST).count(), "test goes before val");
    Pictures.folder(root.resolve("val"), 12, 1, "c");
    Files.delete(root.resolve("test/a/p000.png"));
    assertTrue(failure().contains("a holds no picture"), failure());
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    Pictures.folder(root, 8, 2, "train", "tram");
    assertEquals(List.of("train", "tram"), load(Split.TRAIN).classNames());
  }

  private String failure() {
    return assertThrows(DatasetException.class, () -> load(Split.TEST)).getMessage();
  }

  @Test
  void emptyAndUnknownClassesAreRefused() throws IOException {
    assertTrue(failure().contains("holds no folder"), failure());
    Files.createDirectory(root.resolve("empty"));
    assertTrue(failure().contains("empty holds no picture"), failure());
    Files.delete(root.resolve("empty"));
    Pictures.folder(root.resolve("train"), 8, 2, "a", "b");
    Pictures.folder(root.resolve("test"), 8, 2, "c");
    assertTrue(failure().contains("is a class that the training images do not have"), failure());
  }

  @Test
  void unreadablePicturesOfASmallSetAreLeftOut() throws IOException {
    Pictures.folder(root, 16, 6, "a", "b");
    byte[] whole = Pictures.encode(Pictures.pattern(50, 40, 3), "jpg");
    Pictures.write(root.resolve("a/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Pictures.write(root.resolve("a/empty.jpg"), new byte[0]);
    Pictures.write(root.resolve("b/deep/read.me"), new byte[5]);
    Pictures.write(
        root.resolve("b/deep/misnamed.JPEG"), Files.readAllBytes(root.resolve("a/p000.png")));
    ImageDataset train = load(Split.TRAIN);
    assertEquals(11, train.count());
    all(train);
    ReadingReport report = train.report();
    assertEquals(3, report.skipped());
    assertTrue(report.examples().toString().contains("cut.jpg"), report.toString());
    int converted = report.converted() + converted(load(Split.TEST));
    assertEquals(1, converted, "the picture with another format's name");
  }

  private static int converted(ImageDataset images) {
    all(images);
    return images.report().converted();
  }

  @Test
  void inALargeSetTheNextImageOfItsClassStandsIn() throws IOException {
    byte[][] encoded = new byte[6][];
    for (int index = 0; index < 6; index++) {
      encoded[index] = Pictures.encode(Pictures.pattern(8, 8, index), "png");
    }
    FileImages.Builder files = new FileImages.Builder(root);
    for (int index = 0; index < 6; index++) {
      Pictures.write(root.resolve("p" + index), index == 2 ? new byte[3] : encoded[index]);
      files.add("p" + index, 1);
    }
    int[] labels = {0, 1, 0, 1, 1, 0};
    LabelledImages source =
        new LabelledImages(List.of("a", "b"), files.build(), labels, Skipped.NONE);
    DecodedPixels pixels = new DecodedPixels(source, 8);
    assertArrayEquals(bytes(pixels, 5), bytes(pixels, 2), "the next of class a");
    bytes(pixels, 2);
    assertEquals(1, pixels.report().unreadable(), "counted once");
    Files.write(root.resolve("p0"), new byte[1]);
    Files.write(root.resolve("p5"), new byte[1]);
    DatasetException none = assertThrows(DatasetException.class, () -> pixels.image(2));
    assertTrue(none.getMessage().contains("no other image of class 'a'"), none.getMessage());
  }

  private static byte[] bytes(PixelStore pixels, int place) {
    return pixels.image(place).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }

  @Test
  void nothingReadableIsRefused() throws IOException {
    Pictures.write(root.resolve("a/x.png"), new byte[10]);
    Pictures.write(root.resolve("b/x.png"), new byte[10]);
    assertTrue(failure().contains("can be read"), failure());
  }

  @Test
  void theSizeIsThatOfTheFirstImageUnlessAskedFor() throws IOException {
    Pictures.folder(root, 100, 2, "a", "b");
    assertEquals(new ImageShape(3, 64, 64), load(Split.TRAIN).shape());
    assertEquals(new ImageShape(3, 17, 17), load(Split.TRAIN, 17, 0).shape());
    assertThrows(DatasetException.class, () -> load(Split.TRAIN, 1025, 0));
  }

  @Test
  void theDigestTellsSetsAndSizesApart() throws IOException, NoSuchAlgorithmException {
    Pictures.folder(root, 16, 3, "a", "b");
    byte[] first = digest(load(Split.TRAIN));
    assertArrayEquals(first, digest(load(Split.TRAIN)));
    assertTrue(!Arrays.equals(first, digest(load(Split.TRAIN, 8, 0))), "another size");
    assertTrue(!Arrays.equals(first, digest(load(Split.TEST))), "other images");
    Pictures.write(root.resolve("a/p000.png"), Pictures.encode(Pictures.pattern(9, 9, 9), "png"));
    assertTrue(!Arrays.equals(first, digest(load(Split.TRAIN))), "another file");
  }

  @Test
  void namesWithPathsAreMadeAbsolute() {
    Datasets datasets = new Datasets(root);
    String name = datasets.canonicalName("folder:some/../pets");
    assertEquals("folder:" + Path.of("pets").toAbsolutePath(), name);
    assertEquals("folder-pets", Datasets.title(name));
    assertEquals("mnist", datasets.canonicalName("mnist"));
    assertThrows(DatasetException.class, () -> datasets.canonicalName("folders:x"));
    assertThrows(DatasetException.class, () -> datasets.canonicalName("folder: "));
  }

  @Test
  void packedSetsCanBeResizedToo() {
    Datasets datasets = new Datasets(root);
    ImageDataset small = datasets.load("synthetic", Split.TEST, new LoadOptions(14, 0)).first(50);
    ImageDataset whole = datasets.load("synthetic", Split.TEST);
    float[] half = new float[14 * 14];
    float[] full = new float[28 * 28];
    small.readImage(7, half, 0);
    whole.readImage(7, full, 0);
    float mean = (full[0] + full[1] + full[28] + full[29]) / 4;
    assertEquals(mean, half[0], 0.005, "a pixel is the mean of four");
  }
}
