package org.stic.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes pictures from their bytes. The size is read before the pixels, and a picture that
 * announces too many is refused, so that no small file can fill the memory.
 */
final class ImageDecoder {
  /** More than the largest picture of the known sets, 192 MiB of pixels. */
  static final int MOST_PIXELS = 1 << 26;

  /**
   * What deflate, the tightest packing of the known formats, makes of one byte: 1032 times 8 bits.
   */
  private static final long MOST_PIXELS_PER_BYTE = 8256;

  /** Small enough for pictures of one colour, which take next to no bytes in some formats. */
  private static final long FEW_PIXELS = 1 << 22;

  /** Pixels being decoded by all threads together. */
  private static final Semaphore PIXELS = new Semaphore(MOST_PIXELS);

  private ImageDecoder() {}

  /**
   * A decoded picture.
   *
   * @param format what it is by its content, whatever its name says
   * @param converted whether it was not RGB of 8 bits
   */
  record Decoded(ImageFormat format, RgbImage image, boolean converted) {}

  /**
   * Decodes one picture.
   *
   * @throws IOException if it cannot be read, with the reason as a clause
   */
  static Decoded decode(byte[] bytes) throws IOException {
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(() -> new IOException("it is no picture of a known format"));
    Optional<byte[]> lossy =
        format == ImageFormat.WEBP ? LossyWebp.extract(bytes) : Optional.empty();
    ImageReader reader = lossy.isPresent() ? LossyWebp.open() : format.open();
    try (ImageInputStream input = new ByteArrayImageInputStream(lossy.orElse(bytes))) {
      return decode(format, reader, input, bytes.length);
    } catch (EOFException e) {
      throw new IOException("it is cut off", e);
    } catch (RuntimeException e) {
      throw new IOException("it is damaged (" + e + ")", e);
    } catch (IOException e) {
      throw e.getMessage() == null ? new IOException("it is damaged (" + e + ")", e) : e;
    } finally {
      reader.dispose();
    }
  }

  private static Decoded decode(
      ImageFormat format, ImageReader reader, ImageInputStream input, int bytes)
      throws IOException {
    Warnings warnings = new Warnings();
    reader.addIIOReadWarningListener(warnings);
    reader.setInput(input, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    long most = Math.clamp((long) bytes * MOST_PIXELS_PER_BYTE, FEW_PIXELS, MOST_PIXELS);
    if (width < 1 || height < 1 || (long) width * height > most) {
      throw new IOException(
          "it announces %d x %d pixels, where its %d bytes may hold %d"
              .formatted(width, height, bytes, most));
    }
    PIXELS.acquireUninterruptibly(width * height);
    try {
      ImageTypeSpecifier stored = reader.getRawImageType(0);
      BufferedImage picture = reader.read(0);
      warnings.requireComplete();
      boolean isInk = stored != null && stored.getNumBands() > 3;
      return new Decoded(format, PixelLayout.rgb(picture), isInk || !PixelLayout.isRgb(picture));
    } finally {
      PIXELS.release(width * height);
    }
  }
}
