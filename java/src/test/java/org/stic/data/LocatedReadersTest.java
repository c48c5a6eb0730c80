package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatedReadersTest {
  private static final String TENCH = "n01440764";
  private static final String GOLDFISH = "n01443537";

  @TempDir private Path root;

  private ImageDataset load(String form, Split split) {
    return new Datasets(root).load(form + ":" + root, split, new LoadOptions(16, 0));
  }

  private String failure(String form, Split split) {
    return assertThrows(DatasetException.class, () -> load(form, split)).getMessage();
  }

  private static String labels(ImageDataset images) {
    return Arrays.toString(IntStream.range(0, images.count()).map(images::label).toArray());
  }

  /** Reads all images, so that a wrong place shows; what was not readable was left out before. */
  private static void readAll(ImageDataset images) {
    float[] image = new float[images.shape().elements()];
    for (int index = 0; index < images.count(); index++) {
      images.readImage(index, image, 0);
    }
    assertEquals(0, images.report().skipped(), images.report().toString());
  }

  private static byte[] png(int number) {
    return Pictures.encode(Pictures.pattern(30, 20, number), "png");
  }

  @Test
  void lsunValuesMayBeOfAnyFormat() throws IOException {
    byte[] webp = Pictures.webp(Pictures.pattern(60, 256, 1), false);
    byte[] jpeg = Pictures.encode(Pictures.pattern(256, 300, 2), "jpg");
    LocatedFixtures.lmdb(root.resolve("tower_train_lmdb"), webp, jpeg, png(3), png(4));
    LocatedFixtures.lmdb(root.resolve("bedroom_train_lmdb"), webp, png(5));
    LocatedFixtures.lmdb(root.resolve("cat_train_lmdb"), png(6));
    LocatedFixtures.lmdb(root.resolve("bedroom_val_lmdb"), png(7), jpeg);
    ImageDataset train = load("lsun", Split.TRAIN);
    assertEquals(List.of("bedroom", "tower", "cat"), train.classNames());
    assertEquals("[0, 1, 2, 0, 1, 1, 1]", labels(train));
    readAll(train);
    ImageDataset test = load("lsun", Split.TEST);
    assertEquals("[0, 0]", labels(test));
    readAll(test);
  }

  @Test
  void lsunPicturesComeInTheOrderOfTheirKeysAndAreExact() throws IOException {
    byte[][] values =
        IntStream.range(0, 300).mapToObj(LocatedReadersTest::png).toArray(byte[][]::new);
    Path file = LocatedFixtures.lmdb(root.resolve("a"), values);
    LmdbFile environment = LmdbFile.open(file);
    MappedImages.Builder builder = new MappedImages.Builder();
    environment.forEach(builder::add);
    MappedImages images = builder.build(file, environment.bytes(), "record");
    assertEquals(300, images.count());
    for (int index = 0; index < 300; index++) {
      assertTrue(Arrays.equals(values[index], images.bytes(index)), "record " + index);
    }
    assertEquals(file + ", record 7", images.describe(7));
  }

  @Test
  void exportedTreesMayBeFlatOrDeep() throws IOException {
    Pictures.write(
        root.resolve("kitchen_train/0/1/2/ab.webp"),
        Pictures.webp(Pictures.pattern(20, 20, 1), true));
    Pictures.write(root.resolve("kitchen_train/cd.webp"), png(2));
    Pictures.write(root.resolve("bridge_train/x.png"), png(3));
    Pictures.write(root.resolve("bridge_train/y.png"), png(4));
    ImageDataset train = load("lsun", Split.TRAIN);
    assertEquals(List.of("bridge", "kitchen"), train.classNames());
    assertEquals(2, train.count(), "one of each was set aside");
    assertEquals(2, load("lsun", Split.TEST).count());
    readAll(train);
  }

  @Test
  void whatIsNoLsunIsRefused() throws IOException {
    assertTrue(failure("lsun", Split.TRAIN).contains("bedroom_train_lmdb"));
    Path file = LocatedFixtures.lmdb(root.resolve("bedroom_train_lmdb"), png(1), png(2));
    byte[] whole = Files.readAllBytes(file);
    byte[] other = whole.clone();
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(20, 2);
    Files.write(file, other);
    assertTrue(failure("lsun", Split.TRAIN).contains("data version 2"));
    Files.write(file, Arrays.copyOf(whole, 5000));
    assertTrue(failure("lsun", Split.TRAIN).contains(file.toString()));
    Files.write(file, new byte[0]);
    assertTrue(failure("lsun", Split.TRAIN).contains("no LMDB environment"));
    Files.delete(file);
    assertTrue(failure("lsun", Split.TRAIN).contains("does not exist"));
    LocatedFixtures.lmdb(root.resolve("bedroom_train_lmdb"));
    assertTrue(failure("lsun", Split.TRAIN).contains("no record"));
  }

  private void writeTrees() throws IOException {
    for (String wnid : List.of(GOLDFISH, TENCH)) {
      for (var picture : LocatedFixtures.pictures(wnid, 3, 7).entrySet()) {
        Pictures.write(
            root.resolve("train").resolve(wnid).resolve(picture.getKey()), picture.getValue());
      }
    }
  }

  private void writeFlatValidation() throws IOException {
    for (int index = 1; index <= 3; index++) {
      Pictures.write(
          root.resolve("val/ILSVRC2012_val_0000000%d.JPEG".formatted(index)), png(index));
    }
  }

  @Test
  void imagenetTreesAreSortedByWnid() throws IOException {
    writeTrees();
    Pictures.write(root.resolve("val").resolve(GOLDFISH).resolve("a.JPEG"), png(1));
    ImageDataset train = load("imagenet", Split.TRAIN);
    assertEquals(List.of(TENCH, GOLDFISH), train.classNames());
    assertEquals("[0, 1, 0, 1, 0, 1]", labels(train));
    readAll(train);
    ImageDataset test = load("imagenet", Split.TEST);
    assertEquals("[1]", labels(test));
    readAll(test);
    assertEquals(1, test.report().converted(), "a PNG named .JPEG");
  }

  private static Stream<Arguments> validationTexts() {
    return Stream.of(
        Arguments.of(
            "val.txt",
            """
            ILSVRC2012_val_00000001.JPEG n01443537
            ILSVRC2012_val_00000003.JPEG n01440764
            ILSVRC2012_val_00000002.JPEG n01440764
            """),
        Arguments.of(
            "val/val_annotations.txt",
            """
            ILSVRC2012_val_00000001.JPEG\t1
            ILSVRC2012_val_00000002.JPEG\t0
            ILSVRC2012_val_00000003.JPEG\t0
            """),
        Arguments.of(
            "LOC_val_solution.csv",
            """
            ImageId,PredictionString
            ILSVRC2012_val_00000001,n01443537 1 2 3 4
            ILSVRC2012_val_00000002,n01440764 1 2 3 4
            ILSVRC2012_val_00000003,n01440764 1 2 3 4
            """));
  }

  @ParameterizedTest
  @MethodSource("validationTexts")
  void flatValidationTakesItsClassesFromAText(String file, String text) throws IOException {
    writeTrees();
    writeFlatValidation();
    Files.writeString(root.resolve(file), text);
    assertEquals("[0, 1, 0]", labels(load("imagenet", Split.TEST)), "in turns");
  }

  @Test
  void thePublishedNumbersNeedTheirMapping() throws IOException {
    writeTrees();
    writeFlatValidation();
    assertTrue(failure("imagenet", Split.TEST).contains("add val.txt"));
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "490\n361\n490\n");
    assertTrue(failure("imagenet", Split.TEST).contains("map_clsloc.txt"));
    Path mapping = root.resolve("map_clsloc.txt");
    Files.writeString(mapping, "n01440764 490 tench\nn01443537 361 goldfish\nn02119789 1 kit_fox");
    assertEquals("[0, 1, 0]", labels(load("imagenet", Split.TEST)));
    Files.writeString(mapping, "n01440764 490 tench\n");
    assertTrue(failure("imagenet", Split.TEST).contains("line 2"));
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "490\n");
    assertTrue(failure("imagenet", Split.TEST).contains("1 lines for 3 pictures"));
  }

  @Test
  void thePublishedArchivesAreReadWhereTheyAre() throws IOException {
    Map<String, byte[]> archives = new LinkedHashMap<>();
    archives.put(GOLDFISH + ".tar", LocatedFixtures.tar(LocatedFixtures.pictures(GOLDFISH, 3, 1)));
    archives.put(TENCH + ".tar", LocatedFixtures.tar(LocatedFixtures.pictures(TENCH, 2, 5)));
    archives.put("../../evil.sh", new byte[10]);
    byte[] outer = LocatedFixtures.tar(archives);
    Files.write(root.resolve("ILSVRC2012_img_train.tar"), outer);
    Map<String, byte[]> val = new LinkedHashMap<>();
    val.put("b.JPEG", png(1));
    val.put("a.JPEG", png(2));
    Files.write(root.resolve("ILSVRC2012_img_val.tar"), LocatedFixtures.tar(val));
    Files.writeString(root.resolve("val.txt"), "a.JPEG 0\nb.JPEG 1\n");
    ImageDataset train = load("imagenet", Split.TRAIN);
    assertEquals(List.of(TENCH, GOLDFISH), train.classNames());
    assertEquals("[0, 1, 0, 1, 1]", labels(train));
    readAll(train);
    assertEquals("[0, 1]", labels(load("imagenet", Split.TEST)));
    Files.write(root.resolve("ILSVRC2012_img_train.tar"), Arrays.copyOf(outer, outer.length / 2));
    String cut = failure("imagenet", Split.TRAIN);
    assertTrue(cut.contains("ILSVRC2012_img_train.tar"), cut);
    Files.write(
        root.resolve("ILSVRC2012_img_train.tar"), LocatedFixtures.tar(Map.of("x", new byte[1])));
    assertTrue(failure("imagenet", Split.TRAIN).contains("no class such as n01440764"));
  }

  @Test
  void whatIsNoImagenetIsRefused() throws IOException {
    assertTrue(failure("imagenet", Split.TRAIN).contains("neither the folder train"));
    Files.createDirectories(root.resolve("train/cats"));
    assertTrue(failure("imagenet", Split.TRAIN).contains("no class such as n01440764"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void npzImagesComeFromAllShards(boolean compressed) throws IOException {
    for (int batch : new int[] {1, 2, 10}) {
      Path file = root.resolve("train_data_batch_" + batch + ".npz");
      Files.write(file, LocatedFixtures.smallNpz(compressed, batch));
    }
    Files.write(root.resolve("val_data.npz"), LocatedFixtures.smallNpz(compressed, 2));
    Datasets datasets = new Datasets(root);
    ImageDataset train = datasets.load("imagenet-npz:" + root, Split.TRAIN);
    assertEquals(new ImageShape(3, 2, 2), train.shape());
    assertEquals(1000, train.classNames().size());
    assertEquals("[0, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", labels(train));
    float[] image = new float[12];
    train.readImage(12, image, 0);
    assertEquals(9 / 127.5f - 1, image[0]);
    assertEquals(2, load("imagenet-npz", Split.TEST).count());
    assertEquals(new ImageShape(3, 16, 16), load("imagenet-npz", Split.TEST).shape());
    Files.writeString(root.resolve("map_clsloc.txt"), "n02119789 1 kit_fox\nn02100735 2 setter\n");
    List<String> names = datasets.load("imagenet-npz:" + root, Split.TRAIN).classNames();
    assertEquals("1", names.getFirst(), "what was opened stays open");
    assertEquals("n02100735", load("imagenet-npz", Split.TRAIN).classNames().get(1));
  }

  private String npzFailure(
      String dataType, String shape, byte[] data, String labelType, byte[] labels)
      throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("data", LocatedFixtures.npy(dataType, shape, data));
    arrays.put("labels", LocatedFixtures.npy(labelType, labels.length / 8 + ",", labels));
    Files.write(root.resolve("train_data_batch_1.npz"), LocatedFixtures.npz(false, arrays));
    return failure("imagenet-npz", Split.TRAIN);
  }

  @Test
  void whatIsNoNpzOfImagesIsRefused() throws IOException {
    assertTrue(failure("imagenet-npz", Split.TRAIN).contains("no train_data_batch_1.npz"));
    byte[] one = LocatedFixtures.longs(1);
    assertTrue(npzFailure("|u1", "1, 13", new byte[13], "<i8", one).contains("[N, 3 S S]"));
    assertTrue(
        npzFailure("|u1", "2, 12", new byte[24], "<i8", one)
            .contains("labels [1] for images [2, 12]"));
    assertTrue(npzFailure("|u1", "1, 12", new byte[11], "<i8", one).contains("needs 12 bytes"));
    assertTrue(npzFailure("<f4", "1, 12", new byte[48], "<i8", one).contains("not whole numbers"));
    assertTrue(npzFailure("|O", "1, 12", new byte[48], "<i8", one).contains("not whole numbers"));
    assertTrue(
        npzFailure("|u1", "1, 12", new byte[12], "<i8", LocatedFixtures.longs(0))
            .contains("entry 0 is 0"));
    assertTrue(
        npzFailure("|u1", "1, 12", new byte[12], "<i8", LocatedFixtures.longs(1001))
            .contains("is 1001"));
    assertTrue(
        npzFailure("|u1", "999999999999, 999999999999", new byte[12], "<i8", one)
            .contains("damaged"));
    Files.write(
        root.resolve("train_data_batch_1.npz"), LocatedFixtures.npz(false, Map.of("x", one)));
    assertTrue(failure("imagenet-npz", Split.TRAIN).contains("no array 'data'"));
    Files.write(root.resolve("train_data_batch_1.npz"), new byte[100]);
    assertTrue(failure("imagenet-npz", Split.TRAIN).contains("no npz archive"));
  }

  @Test
  void cifar100TakesTheFineLabel() throws IOException {
    byte[] records = new byte[2 * 3074];
    records[0] = 19;
    records[1] = 99;
    records[2] = 50;
    records[3074 + 1] = 7;
    Files.createDirectories(root.resolve("cifar100"));
    Files.write(root.resolve("cifar100/test.bin"), records);
    ImageDataset test = new Datasets(root).load("cifar100", Split.TEST);
    assertEquals("[99, 7]", labels(test));
    assertEquals("worm", test.classNames().getLast());
    float[] image = new float[3072];
    test.readImage(0, image, 0);
    assertEquals(50 / 127.5f - 1, image[0]);
    records[1] = 100;
    Files.write(root.resolve("cifar100/test.bin"), records);
    Datasets datasets = new Datasets(root);
    String wrong =
        assertThrows(DatasetException.class, () -> datasets.load("cifar100", Split.TEST))
            .getMessage();
    assertTrue(wrong.contains("record 0 has label 100"), wrong);
  }

  @Test
  void aSetThatNoPackageHoldsIsBroughtByItsArchive() {
    DatasetFetch fetch = new DatasetFetch(new Datasets(root));
    String absent = assertThrows(FetchException.class, () -> fetch.fetch("cifar100")).getMessage();
    assertTrue(absent.contains("fetch cifar-100-binary.tar.gz yourself"), absent);
    String wrong =
        assertThrows(DatasetException.class, () -> fetch.fetchFrom("cifar100", root)).getMessage();
    assertTrue(wrong.contains("does not hold cifar-100-binary.tar.gz"), wrong);
  }
}
