package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGridTest {
  private static final int WHITE = 0xFFFFFF;

  @TempDir Path folder;

  private static int pixel(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void greyImagesLieRowByRowEnlargedWithMargins() throws IOException {
    float[] images = new float[3 * 32 * 33];
    Arrays.fill(images, -1);
    images[2 * 32 * 33 + 33 + 2] = 1;
    Path file = folder.resolve("deep/grid.png");
    new ImageGrid(1, 32, 33, 2).write(file, images);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(4 + 2 * (66 + 4), picture.getWidth());
    assertEquals(4 + 2 * (64 + 4), picture.getHeight());
    assertEquals(WHITE, pixel(picture, 3, 3));
    assertEquals(0, pixel(picture, 4, 4));
    assertEquals(WHITE, pixel(picture, 4 + 66, 4));
    int top = 4 + 68 + 2;
    for (int dy = 0; dy < 2; dy++) {
      for (int dx = 0; dx < 2; dx++) {
        assertEquals(WHITE, pixel(picture, 4 + 4 + dx, top + dy));
      }
    }
    assertEquals(0, pixel(picture, 4 + 6, top));
    assertEquals(WHITE, pixel(picture, 4 + 70 + 1, top), "the empty place of the grid is white");
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList(), "a temporary file was left");
    }
  }

  @Test
  void channelsArePlanesAndValuesAreClipped() {
    float[] image = new float[3 * 64 * 64];
    int plane = 64 * 64;
    image[5] = 1;
    image[plane + 5] = -3;
    image[2 * plane + 5] = 0;
    image[6] = 7;
    image[plane + 6] = -1 + 2 / 127.5f;
    image[2 * plane + 6] = -1;
    BufferedImage picture = new ImageGrid(3, 64, 64, 1).draw(image);
    assertEquals(0xFF0080, pixel(picture, 4 + 5, 4));
    assertEquals(0xFF0200, pixel(picture, 4 + 6, 4));
  }

  @Test
  void picturesOfAThousandClassesAreBounded() {
    assertEquals((6 << 20) / (88 * 884), new ImageGrid(1, 28, 28, 10).mostRows());
    int large = new ImageGrid(3, 256, 256, 10).mostRows();
    assertEquals((6 << 20) / (260 * 2604), large);
    int huge = new ImageGrid(3, 8192, 8192, 10).mostRows();
    assertEquals(1, huge, "one row is always possible");
  }

  @Test
  void wrongSizesAreRefused() {
    ImageGrid grid = new ImageGrid(1, 5, 3, 4);
    assertThrows(IllegalArgumentException.class, () -> grid.draw(new float[31]));
    assertThrows(IllegalArgumentException.class, () -> grid.draw(new float[0]));
    assertThrows(IllegalArgumentException.class, () -> new ImageGrid(2, 5, 3, 4));
  }
}
