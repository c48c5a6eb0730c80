package org.stic.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.stic.data.Datasets;
import org.stic.data.ImageDataset;
import org.stic.data.LoadOptions;
import org.stic.data.Split;

/**
 * How fast a folder of many pictures is opened and read, and in how much memory: {@code
 * ImageFolderMeasurement IMAGES SIDE SECONDS}. The folder is made for it, 1000 classes of JPEG
 * pictures with a shorter side of 256, most of them hard links. Prints one JSON object.
 */
public final class ImageFolderMeasurement {
  private static final int CLASSES = 1000;

  private ImageFolderMeasurement() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int images = Integer.parseInt(arguments[0]);
    int side = Integer.parseInt(arguments[1]);
    double seconds = Double.parseDouble(arguments[2]);
    try (PictureFolder folder = PictureFolder.write(images, CLASSES)) {
      System.out.println(measure(folder, side, seconds));
    }
  }

  private static String measure(PictureFolder folder, int side, double seconds)
      throws IOException, InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    long began = System.nanoTime();
    double cpuBefore = cpuSeconds();
    ImageDataset train =
        new Datasets(folder.root())
            .load("folder:" + folder.images(), Split.TRAIN, new LoadOptions(side, 0));
    double indexed = secondsSince(began);
    double indexedCpu = cpuSeconds() - cpuBefore;
    int read = stream(train, threads, seconds);
    double readCpu = cpuSeconds() - cpuBefore - indexedCpu;
    return String.format(
        Locale.ROOT,
        "{\"images\": %d, \"side\": %d, \"index_seconds\": %.2f, \"index_cpu_seconds\": %.2f,"
            + " \"threads\": %d, \"images_per_second\": %.0f, \"cpu_milliseconds_per_image\": %.2f,"
            + " \"peak_mib\": %d}",
        train.count(),
        side,
        indexed,
        indexedCpu,
        threads,
        read / seconds,
        1e3 * readCpu / read,
        peakMebibytes());
  }

  /** Reads drawn images by all threads for a while; the number of images read. */
  private static int stream(ImageDataset images, int threads, double seconds)
      throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    AtomicInteger read = new AtomicInteger();
    Thread[] readers = new Thread[threads];
    for (int number = 0; number < threads; number++) {
      Random random = new Random(number);
      readers[number] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    float[] image = new float[images.shape().elements()];
                    while (System.nanoTime() < end) {
                      images.readImage(random.nextInt(images.count()), image, 0);
                      read.incrementAndGet();
                    }
                  });
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return read.get();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) * 1e-9;
  }

  /** Of all threads of this process, which says more than a clock on a busy machine. */
  private static double cpuSeconds() {
    return 1e-9
        * ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
  }

  /** The greatest resident memory of this process so far, from Linux. */
  private static long peakMebibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }
}
