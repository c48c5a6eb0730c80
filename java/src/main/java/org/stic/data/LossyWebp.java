package org.stic.data;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Lossy WebP files, of which only the picture itself is handed to the native decoder: no
 * transparency, no animation, no metadata. Its bits are those of Google's library, which every
 * other reader misses by several levels. Lossless data, where native decoders had holes, never
 * reaches it.
 *
 * <p>Layout, little-endian: "RIFF", u32 size, "WEBP", then chunks of a four-letter name, u32 size
 * and as many bytes, padded to an even number. The picture is in a chunk "VP8 ". Source: WebP
 * container specification.
 */
final class LossyWebp {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int LOSSY = fourLetters("VP8 ");
  private static final int ANIMATION = fourLetters("ANMF");

  private LossyWebp() {}

  /** Apart, because an installation without the library still reads the other kind. */
  private static final class Library {
    static final WebPImageReaderSpi READER = new WebPImageReaderSpi();
  }

  /** A file with nothing but the lossy picture of a WebP file; empty if it has none. */
  static Optional<byte[]> extract(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int position = FIRST_CHUNK;
    while (position + CHUNK_HEADER <= file.length) {
      int name = bytes.getInt(position);
      long size = Integer.toUnsignedLong(bytes.getInt(position + Integer.BYTES));
      if (size > file.length - position - CHUNK_HEADER) {
        throw new IOException("it is cut off");
      }
      if (name == ANIMATION) {
        throw new IOException("it is an animation");
      }
      if (name == LOSSY) {
        return Optional.of(wrap(file, position, CHUNK_HEADER + (int) size));
      }
      position += CHUNK_HEADER + (int) (size + size % 2);
    }
    return Optional.empty();
  }

  private static byte[] wrap(byte[] file, int position, int length) {
    ByteBuffer wrapped =
        ByteBuffer.allocate(FIRST_CHUNK + length + length % 2).order(ByteOrder.LITTLE_ENDIAN);
    wrapped.putInt(fourLetters("RIFF")).putInt(wrapped.capacity() - CHUNK_HEADER);
    wrapped.putInt(fourLetters("WEBP")).put(file, position, length);
    return wrapped.array();
  }

  /** A new reader of what {@link #extract} gives; the caller disposes of it. */
  static ImageReader open() throws IOException {
    try {
      return Library.READER.createReaderInstance(null);
    } catch (LinkageError e) {
      throw new IOException("it is lossy WebP, for which this installation has no decoder", e);
    }
  }

  private static int fourLetters(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
