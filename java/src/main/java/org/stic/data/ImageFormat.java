package org.stic.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The formats of pictures, told apart by their first bytes, each with the one reader that is used
 * for it, whatever other readers are installed.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum ImageFormat {
  /** TwelveMonkeys' reader takes what the platform's refuses: CMYK and odd colour profiles. */
  JPEG("jpg jpeg", registered(JPEGImageReaderSpi.class), 0xFF, 0xD8, 0xFF),
  PNG("png", platform("png.PNGImageReaderSpi"), 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
  BMP("bmp", platform("bmp.BMPImageReaderSpi"), 'B', 'M'),
  TIFF_LITTLE("tif tiff", platform("tiff.TIFFImageReaderSpi"), 'I', 'I', 42, 0),
  TIFF_BIG("tif tiff", platform("tiff.TIFFImageReaderSpi"), 'M', 'M', 0, 42),
  /** Portable grey maps and pixmaps, text and binary. */
  PNM("ppm pgm", registered(PNMImageReaderSpi.class), 'P'),
  /** This reader takes lossless files; {@link LossyWebp} those of the other kind. */
  WEBP(
      "webp",
      registered(WebPImageReaderSpi.class),
      'R',
      'I',
      'F',
      'F',
      -1,
      -1,
      -1,
      -1,
      'W',
      'E',
      'B',
      'P');

  private final List<String> endings;
  private final ImageReaderSpi reader;
  private final int[] signature;

  ImageFormat(String endings, ImageReaderSpi reader, int... signature) {
    this.endings = List.of(endings.split(" "));
    this.reader = reader;
    this.signature = signature;
  }

  /** The format of some bytes. */
  static Optional<ImageFormat> of(byte[] bytes) {
    for (ImageFormat format : values()) {
      if (format.begins(bytes)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Whether a file's name ends like that of a picture, in any case. */
  static boolean isPictureName(String name) {
    String ending = ending(name);
    for (ImageFormat format : values()) {
      if (format.endings.contains(ending)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name ends like that of another format; a name without ending never does. */
  boolean contradicts(String name) {
    return isPictureName(name) && !endings.contains(ending(name));
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private boolean begins(byte[] bytes) {
    if (bytes.length < signature.length) {
      return false;
    }
    for (int index = 0; index < signature.length; index++) {
      if (signature[index] >= 0 && (bytes[index] & 0xFF) != signature[index]) {
        return false;
      }
    }
    return true;
  }

  /** A new reader; the caller disposes of it. */
  ImageReader open() throws IOException {
    return reader.createReaderInstance();
  }

  /** The platform's own readers are known by name only. */
  private static ImageReaderSpi platform(String name) {
    Iterator<ImageReaderSpi> readers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (readers.hasNext()) {
      ImageReaderSpi candidate = readers.next();
      if (candidate.getClass().getName().equals("com.sun.imageio.plugins." + name)) {
        return candidate;
      }
    }
    throw new IllegalStateException("every Java with java.desktop has " + name);
  }

  /** Readers that depend on others work only as the registry made them. */
  private static ImageReaderSpi registered(Class<? extends ImageReaderSpi> type) {
    return IIORegistry.getDefaultInstance().getServiceProviderByClass(type);
  }
}
