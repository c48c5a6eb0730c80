package org.stic.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A folder of JPEG pictures with a shorter side of 256, one folder a class, most of them hard links
 * of a few. Deleted when closed.
 *
 * @param root the temporary folder that holds everything
 */
record PictureFolder(Path root) implements AutoCloseable {
  private static final int DIFFERENT = 50;
  private static final int[][] SIZES = {{256, 341}, {341, 256}, {256, 256}, {384, 256}};

  /** Writes the pictures, picture i of class {@code i mod classes}. */
  static PictureFolder write(int pictures, int classes) throws IOException {
    PictureFolder folder = new PictureFolder(Files.createTempDirectory("stic-folder-"));
    Path[] originals = new Path[Math.min(DIFFERENT, pictures)];
    for (int number = 0; number < originals.length; number++) {
      originals[number] = folder.root.resolve(number + ".jpg");
      ImageIO.write(picture(number), "jpg", originals[number].toFile());
    }
    for (int index = 0; index < pictures; index++) {
      Path place = folder.images().resolve("n%08d".formatted(index % classes));
      if (index < classes) {
        Files.createDirectories(place);
      }
      Files.createLink(place.resolve(index + ".JPEG"), originals[index % originals.length]);
    }
    return folder;
  }

  /** The folder with one folder for each class. */
  Path images() {
    return root.resolve("images");
  }

  /** Waves of several lengths and some noise, which take about as many bytes as photographs. */
  private static BufferedImage picture(int number) {
    int[] size = SIZES[number % SIZES.length];
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size[1]; y++) {
      for (int x = 0; x < size[0]; x++) {
        double wave = Math.sin((x + number) / 9.0) + Math.cos((y - number) / 17.0);
        int level = (int) Math.clamp(128 + 45 * wave + 9 * random.nextGaussian(), 0.0, 255.0);
        image.setRGB(x, y, level << 16 | (255 - level) << 8 | level / 2);
      }
    }
    return image;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
