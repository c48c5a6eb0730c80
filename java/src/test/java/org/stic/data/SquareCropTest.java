package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquareCropTest {
  private static final Random RANDOM = new Random(7);

  private static RgbImage noise(int width, int height) {
    byte[] data = new byte[3 * width * height];
    RANDOM.nextBytes(data);
    return RgbImage.interleaved(width, height, data);
  }

  private static int value(RgbImage image, int channel, int x, int y) {
    return image.data()[image.start(y, channel) + x * image.pixelStride()] & 0xFF;
  }

  /** The overlap of two intervals. */
  private static double overlap(double from, double to, int place) {
    return Math.max(0, Math.min(to, place + 1) - Math.max(from, place));
  }

  /** The mean over the rectangle that a pixel covers, pixel by pixel in double precision. */
  private static double area(RgbImage image, int channel, int side, int column, int row) {
    int shorter = Math.min(image.width(), image.height());
    int wide = image.width() * side / shorter;
    int high = image.height() * side / shorter;
    double stepX = (double) image.width() / wide;
    double stepY = (double) image.height() / high;
    double left = ((wide - side) / 2 + column) * stepX;
    double top = ((high - side) / 2 + row) * stepY;
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double part = overlap(left, left + stepX, x) * overlap(top, top + stepY, y);
        sum += part * value(image, channel, x, y);
      }
    }
    return sum / (stepX * stepY);
  }

  @ParameterizedTest
  @CsvSource({"31,31,31", "64,64,32", "33,127,8", "127,33,31", "100,37,1", "5,5,4", "17,16,15"})
  void shrinkingTakesTheMeanOfTheCoveredArea(int width, int height, int side) {
    RgbImage image = noise(width, height);
    byte[] planes = new SquareCrop(side).of(image);
    assertEquals(3 * side * side, planes.length);
    for (int index = 0; index < planes.length; index++) {
      int channel = index / (side * side);
      int row = index / side % side;
      double expected = area(image, channel, side, index % side, row);
      assertEquals(expected, planes[index] & 0xFF, 0.51);
    }
  }

  @ParameterizedTest
  @CsvSource({"5,5,8", "1,1,3", "7,3,64", "28,28,31"})
  void enlargingStaysBetweenTheNeighbours(int width, int height, int side) {
    RgbImage image = noise(width, height);
    byte[] planes = new SquareCrop(side).of(image);
    double scale = (double) Math.min(width, height) / side;
    int wide = width * side / Math.min(width, height);
    int high = height * side / Math.min(width, height);
    double scaleX = (double) width / wide;
    double scaleY = (double) height / high;
    assertTrue(scale < 1);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double x = Math.clamp(((wide - side) / 2 + column + .5) * scaleX - .5, 0, width - 1.0);
        double y = Math.clamp(((high - side) / 2 + row + .5) * scaleY - .5, 0, height - 1.0);
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double upper =
            value(image, 1, left, top) * (1 - x + left) + value(image, 1, right, top) * (x - left);
        double lower =
            value(image, 1, left, bottom) * (1 - x + left)
                + value(image, 1, right, bottom) * (x - left);
        double expected = upper * (1 - y + top) + lower * (y - top);
        assertEquals(expected, planes[side * side + row * side + column] & 0xFF, 0.51);
      }
    }
  }
}
