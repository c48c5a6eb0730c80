package org.stic.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An idx file of unsigned bytes, plain (memory-mapped) or gzipped.
 *
 * <p>Layout, big-endian: u16 0, u8 type (8 = unsigned byte), u8 number of dimensions, u32 for each
 * dimension, then the values with the last dimension fastest. Source: the format section of the
 * MNIST page.
 *
 * @param dimensions sizes, slowest first
 * @param values exactly as many bytes as the dimensions multiply to
 */
record IdxFile(List<Integer> dimensions, MemorySegment values) {
  private static final ValueLayout.OfInt BIG_ENDIAN_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int UNSIGNED_BYTE = 0x0800;

  /**
   * Reads a file and checks its magic number, rank and size.
   *
   * @throws DatasetException if it is absent, of another kind, truncated or too long
   */
  static IdxFile read(Path file, int rank) {
    MemorySegment bytes = bytes(file);
    requireMagic(file, bytes, rank);
    List<Integer> dimensions =
        IntStream.rangeClosed(1, rank)
            .mapToObj(word -> bytes.get(BIG_ENDIAN_INT, (long) Integer.BYTES * word))
            .toList();
    long expected =
        dimensions.stream().mapToLong(Integer::toUnsignedLong).reduce(1, (a, b) -> a * b);
    MemorySegment values = bytes.asSlice(headerBytes(rank));
    if (values.byteSize() != expected) {
      throw new DatasetException(
          "%s is damaged: its header announces %d bytes of data, but %d follow; fetch it again"
              .formatted(file, expected, values.byteSize()));
    }
    return new IdxFile(dimensions, values);
  }

  private static void requireMagic(Path file, MemorySegment bytes, int rank) {
    int expected = UNSIGNED_BYTE | rank;
    int found = bytes.byteSize() < headerBytes(rank) ? 0 : bytes.get(BIG_ENDIAN_INT, 0);
    if (found != expected) {
      throw new DatasetException(
          "%s is no idx file of unsigned bytes with %d dimensions: it must start with %08x"
              .formatted(file, rank, expected));
    }
  }

  private static long headerBytes(int rank) {
    return Integer.BYTES * (rank + 1L);
  }

  private static MemorySegment bytes(Path file) {
    try {
      return file.toString().endsWith(".gz") ? inflate(file) : map(file);
    } catch (EOFException | ZipException e) {
      throw new DatasetException(file + " is a truncated or damaged gzip file; fetch it again", e);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }

  private static MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private static MemorySegment inflate(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return MemorySegment.ofArray(in.readAllBytes());
    }
  }
}
