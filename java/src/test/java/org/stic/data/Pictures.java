package org.stic.data;

import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures in the formats that users bring, made by the writers of other libraries. */
public final class Pictures {
  private Pictures() {}

  /** A smooth pattern with a mark of its own for each number. */
  public static BufferedImage pattern(int width, int height, int number) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (int) (127 + 120 * Math.sin(x / 7.0 + number));
        int green = (int) (127 + 120 * Math.cos(y / 5.0 - number));
        int blue = (x * 3 + y * 2 + 40 * number) & 0xFF;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  /** A picture as a file of a format that the platform writes. */
  public static byte[] encode(RenderedImage image, String format) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " takes this picture");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] webp(BufferedImage image, boolean lossless) {
    WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType(lossless ? "Lossless" : "Lossy");
    return write("webp", parameters, new IIOImage(image, null, null));
  }

  /** A JPEG of four inks as Adobe's programs write them: stored values are 255 minus the ink. */
  static byte[] cmykJpeg(BufferedImage image) {
    WritableRaster inks =
        Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 4, null);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        inks.setPixel(x, y, new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255});
      }
    }
    byte[] plain = write("jpg", null, new IIOImage(inks, null, null));
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(plain, 0, 2);
    marked.writeBytes(HexFormat.of().parseHex("ffee000e41646f62650064000000000000"));
    marked.write(plain, 2, plain.length - 2);
    return marked.toByteArray();
  }

  private static byte[] write(String format, ImageWriteParam parameters, IIOImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] pixmap(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String header = "P6\n%d %d\n255\n".formatted(image.getWidth(), image.getHeight());
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        bytes.writeBytes(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb});
      }
    }
    return bytes.toByteArray();
  }

  /** Writes a file, making its folders. */
  public static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** A folder of {@code perClass} small PNG pictures for each class. */
  public static Path folder(Path root, int side, int perClass, String... classes)
      throws IOException {
    for (int label = 0; label < classes.length; label++) {
      for (int index = 0; index < perClass; index++) {
        byte[] picture = encode(pattern(side + index % 3, side, 10 * label + index), "png");
        write(root.resolve(classes[label]).resolve("p%03d.png".formatted(index)), picture);
      }
    }
    return root;
  }
}
