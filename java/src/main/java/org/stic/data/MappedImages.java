package org.stic.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Pictures that lie in one mapped file, of which their places are known. */
final class MappedImages implements EncodedImages {
  private final Path file;
  private final MemorySegment bytes;
  private final String recordName;
  private final long[] offsets;
  private final int[] lengths;

  private MappedImages(
      Path file, MemorySegment bytes, String recordName, long[] offsets, int[] lengths) {
    this.file = file;
    this.bytes = bytes;
    this.recordName = recordName;
    this.offsets = offsets;
    this.lengths = lengths;
  }

  /** Collects places. */
  static final class Builder {
    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private int count;

    void add(long offset, int length) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * count);
        lengths = Arrays.copyOf(lengths, 2 * count);
      }
      offsets[count] = offset;
      lengths[count++] = length;
    }

    int count() {
      return count;
    }

    /**
     * The pictures.
     *
     * @param recordName what one of them is called in a sentence
     */
    MappedImages build(Path file, MemorySegment bytes, String recordName) {
      return new MappedImages(
          file, bytes, recordName, Arrays.copyOf(offsets, count), Arrays.copyOf(lengths, count));
    }
  }

  @Override
  public int count() {
    return offsets.length;
  }

  @Override
  public byte[] bytes(int place) throws IOException {
    if (lengths[place] > FileImages.LARGEST_FILE) {
      throw new IOException("it has %d bytes".formatted(lengths[place]));
    }
    return bytes.asSlice(offsets[place], lengths[place]).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public String describe(int place) {
    return "%s, %s %d".formatted(file, recordName, place);
  }

  /** Records have no endings. */
  @Override
  public String fileName(int place) {
    return "";
  }

  @Override
  public String identity() {
    MessageDigest digest = Checksum.sha256();
    ByteBuffer words = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    for (int place = 0; place < offsets.length; place++) {
      digest.update(words.clear().putLong(offsets[place]).putInt(lengths[place]).flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
