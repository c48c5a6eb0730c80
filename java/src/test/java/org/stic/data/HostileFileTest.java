package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files of every format. Each ends in images or in a sentence, soon, and without much
 * memory, whatever was done to it.
 */
class HostileFileTest {
  private static final int MUTATIONS = 80;
  private static final long MOST_BYTES = 96L << 20;
  private static final long MOST_NANOSECONDS = 5_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path root;

  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  /** Changes a few bytes, a length, or the end of a file. */
  private static byte[] mutate(byte[] file, Random random) {
    byte[] changed = file.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(changed, random.nextInt(changed.length));
      }
      case 1 -> {
        int start = random.nextInt(changed.length);
        int end = Math.min(changed.length, start + 1 + random.nextInt(16));
        Arrays.fill(changed, start, end, (byte) (random.nextBoolean() ? 0xFF : 0));
      }
      case 2 -> {
        int from = random.nextInt(changed.length);
        int to = random.nextInt(changed.length);
        int length = Math.min(random.nextInt(64), changed.length - Math.max(from, to));
        System.arraycopy(file, from, changed, to, length);
      }
      case 3 -> {
        int place = random.nextInt(Math.min(64, changed.length));
        changed[place] = (byte) (changed[place] ^ 1 << random.nextInt(8));
      }
      default -> {
        for (int count = 1 + random.nextInt(8); count > 0; count--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return changed;
  }

  private static void requireHarmless(String what, Reading reading) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    try {
      reading.read();
    } catch (DatasetException | IOException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what + " says nothing");
    } catch (RuntimeException | Error e) {
      fail(what + " ended in " + e, e);
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    assertTrue(bytes < MOST_BYTES, what + " took " + bytes + " bytes");
    assertTrue(System.nanoTime() - began < MOST_NANOSECONDS, what + " took too long");
  }

  private static Stream<Map.Entry<String, byte[]>> pictures() {
    var image = Pictures.pattern(40, 30, 1);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String format : new String[] {"png", "jpg", "bmp", "tiff"}) {
      files.put(format, Pictures.encode(image, format));
    }
    files.put("cmyk", Pictures.cmykJpeg(image));
    files.put("lossy webp", Pictures.webp(image, false));
    files.put("lossless webp", Pictures.webp(image, true));
    files.put("pixmap", Pictures.pixmap(image));
    return files.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void damagedPictures(Map.Entry<String, byte[]> picture) {
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] damaged = mutate(picture.getValue(), new Random(seed));
      requireHarmless(picture.getKey() + " of seed " + seed, () -> ImageDecoder.decode(damaged));
    }
  }

  private void readAll(String form) {
    Datasets datasets = new Datasets(root);
    for (Split split : Split.values()) {
      ImageDataset images = datasets.load(form, split, new LoadOptions(8, 0));
      float[] image = new float[images.shape().elements()];
      for (int index = 0; index < images.count(); index++) {
        images.readImage(index, image, 0);
      }
    }
  }

  private void damage(Path file, byte[] valid, String form) throws IOException {
    Files.write(file, valid);
    readAll(form);
    for (int seed = 0; seed < MUTATIONS; seed++) {
      // A new file each time: what was opened before may still be mapped.
      Files.delete(file);
      Files.write(file, mutate(valid, new Random(seed)));
      requireHarmless(form + " of seed " + seed, () -> readAll(form));
    }
  }

  private static byte[] png(int number) {
    return Pictures.encode(Pictures.pattern(12, 10, number), "png");
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 200})
  void damagedLmdb(int records) throws IOException {
    byte[][] values = new byte[records][];
    Arrays.setAll(values, index -> index % 3 == 0 ? png(index) : new byte[50 + 40 * index]);
    Path file = LocatedFixtures.lmdb(root.resolve("bedroom_train_lmdb"), values);
    byte[] valid = Files.readAllBytes(file);
    damage(file, valid, "lsun:" + root);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void damagedNpz(boolean compressed) throws IOException {
    byte[] valid = LocatedFixtures.smallNpz(compressed, 20);
    Files.write(root.resolve("val_data.npz"), LocatedFixtures.smallNpz(false, 2));
    damage(root.resolve("train_data_batch_1.npz"), valid, "imagenet-npz:" + root);
  }

  @Test
  void damagedTars() throws IOException {
    Map<String, byte[]> archives = new LinkedHashMap<>();
    for (String wnid : new String[] {"n01440764", "n01443537"}) {
      archives.put(wnid + ".tar", LocatedFixtures.tar(LocatedFixtures.pictures(wnid, 3, 1)));
    }
    byte[] valid = LocatedFixtures.tar(archives);
    damage(root.resolve("ILSVRC2012_img_train.tar"), valid, "imagenet:" + root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"val.txt", "ILSVRC2012_validation_ground_truth.txt", "map_clsloc.txt"})
  void damagedTexts(String name) throws IOException {
    for (String wnid : new String[] {"n01440764", "n01443537"}) {
      for (int index = 0; index < 2; index++) {
        Pictures.write(root.resolve("train").resolve(wnid).resolve(index + ".JPEG"), png(index));
        Pictures.write(root.resolve("val").resolve(wnid + "_" + index + ".JPEG"), png(index));
      }
    }
    Map<String, String> texts =
        Map.of(
            "val.txt",
            "n01440764_0.JPEG 0\nn01440764_1.JPEG 0\nn01443537_0.JPEG 1\nn01443537_1.JPEG 1\n",
            "ILSVRC2012_validation_ground_truth.txt",
            "7\n7\n3\n3\n",
            "map_clsloc.txt",
            "n01440764 7 tench\nn01443537 3 goldfish\n");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      if (!text.getKey().equals("val.txt") || name.equals("val.txt")) {
        Files.writeString(root.resolve(text.getKey()), text.getValue());
      }
    }
    damage(
        root.resolve(name), texts.get(name).getBytes(StandardCharsets.UTF_8), "imagenet:" + root);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void damagedIdx(boolean gzipped) throws IOException {
    Path folder = Files.createDirectories(root.resolve("mnist"));
    String ending = gzipped ? ".gz" : "";
    byte[] images = idx(gzipped, 0x803, 5, 28, 28);
    byte[] labels = idx(gzipped, 0x801, 5);
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte" + ending), images);
      Files.write(folder.resolve(part + "-labels-idx1-ubyte" + ending), labels);
    }
    damage(folder.resolve("train-images-idx3-ubyte" + ending), images, "mnist");
    Files.write(folder.resolve("train-images-idx3-ubyte" + ending), images);
    damage(folder.resolve("train-labels-idx1-ubyte" + ending), labels, "mnist");
  }

  private static byte[] idx(boolean gzipped, int... words) {
    int values = 1;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out =
        new DataOutputStream(gzipped ? new GZIPOutputStream(bytes) : bytes)) {
      for (int word : words) {
        out.writeInt(word);
        values = word == words[0] ? 1 : values * word;
      }
      out.write(new byte[values]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "cifar100"})
  void damagedCifar(String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    byte[] records = new byte[2 * (name.equals("cifar10") ? 3073 : 3074)];
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(folder.resolve("data_batch_" + batch + ".bin"), records);
    }
    for (String file : new String[] {"test_batch.bin", "train.bin", "test.bin"}) {
      Files.write(folder.resolve(file), records);
    }
    damage(folder.resolve(name.equals("cifar10") ? "test_batch.bin" : "test.bin"), records, name);
  }
}
