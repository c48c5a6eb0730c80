package org.stic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final BufferedImage PICTURE = Pictures.pattern(37, 23, 1);

  private static int[] rgb(RgbImage image, int x, int y) {
    int[] values = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      int position = image.start(y, channel) + x * image.pixelStride();
      values[channel] = image.data()[position] & 0xFF;
    }
    return values;
  }

  private static int greatestError(RgbImage image) {
    return errors(image).getMax();
  }

  private static double meanError(RgbImage image) {
    return errors(image).getAverage();
  }

  /** The differences of all pixels' values from the pattern. */
  private static IntSummaryStatistics errors(RgbImage image) {
    assertEquals(PICTURE.getWidth(), image.width());
    assertEquals(PICTURE.getHeight(), image.height());
    IntSummaryStatistics errors = new IntSummaryStatistics();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int expected = PICTURE.getRGB(x, y);
        int[] found = rgb(image, x, y);
        for (int channel = 0; channel < 3; channel++) {
          int wanted = expected >> (16 - 8 * channel) & 255;
          errors.accept(Math.abs(wanted - found[channel]));
        }
      }
    }
    return errors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsOfThePlatformAreExact(String format) throws IOException {
    var decoded = ImageDecoder.decode(Pictures.encode(PICTURE, format));
    assertEquals(0, greatestError(decoded.image()));
    assertFalse(decoded.converted());
  }

  @Test
  void pixmapsAndLosslessWebpAreExact() throws IOException {
    assertEquals(0, greatestError(ImageDecoder.decode(Pictures.pixmap(PICTURE)).image()));
    assertEquals(0, greatestError(ImageDecoder.decode(Pictures.webp(PICTURE, true)).image()));
  }

  @Test
  void lossyFormatsAreClose() throws IOException {
    assertTrue(meanError(ImageDecoder.decode(Pictures.encode(PICTURE, "jpg")).image()) < 15);
    assertTrue(meanError(ImageDecoder.decode(Pictures.webp(PICTURE, false)).image()) < 15);
  }

  @Test
  void inksBecomeColours() throws IOException {
    var decoded = ImageDecoder.decode(Pictures.cmykJpeg(PICTURE));
    assertTrue(decoded.converted());
    assertTrue(meanError(decoded.image()) < 30, "mean error " + meanError(decoded.image()));
  }

  @Test
  void greyStaysAsDarkAsItIs() throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int value = 0; value < 256; value++) {
      grey.getRaster().setSample(value, 0, 0, value);
      deep.getRaster().setSample(value, 0, 0, 257 * value);
    }
    for (BufferedImage picture : new BufferedImage[] {grey, deep}) {
      var decoded = ImageDecoder.decode(Pictures.encode(picture, "png"));
      assertTrue(decoded.converted());
      for (int value = 0; value < 256; value++) {
        assertEquals(
            Arrays.toString(new int[] {value, value, value}),
            Arrays.toString(rgb(decoded.image(), value, 0)));
      }
    }
  }

  @Test
  void palettesAndTransparencyBecomeColours() throws IOException {
    BufferedImage palette = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(3, 1, 0xFFFF0000);
    int[] red = rgb(ImageDecoder.decode(Pictures.encode(palette, "png")).image(), 3, 1);
    assertEquals("[255, 0, 0]", Arrays.toString(red));
    BufferedImage clear = new BufferedImage(4, 2, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(1, 0, 0x330A141E);
    int[] kept = rgb(ImageDecoder.decode(Pictures.encode(clear, "png")).image(), 1, 0);
    assertEquals("[10, 20, 30]", Arrays.toString(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp"})
  void halfAPictureIsNoPicture(String format) {
    byte[] whole = Pictures.encode(Pictures.pattern(90, 80, 2), format);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThrows(IOException.class, () -> ImageDecoder.decode(half));
  }

  @Test
  void tooManyPixelsAreRefusedBeforeTheyAreDecoded() {
    byte[] bomb = "P6\n40000 40000\n255\n".getBytes(StandardCharsets.US_ASCII);
    IOException refused = assertThrows(IOException.class, () -> ImageDecoder.decode(bomb));
    assertTrue(refused.getMessage().contains("40000 x 40000 pixels"), refused.getMessage());
  }

  @Test
  void textIsNoPicture() {
    IOException refused =
        assertThrows(IOException.class, () -> ImageDecoder.decode(new byte[] {60, 104, 116}));
    assertEquals("it is no picture of a known format", refused.getMessage());
  }
}
