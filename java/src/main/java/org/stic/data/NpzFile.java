package org.stic.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * NumPy's archive of named arrays. Arrays that are stored are mapped where they lie; compressed
 * ones are inflated once into a temporary file, never into memory.
 */
final class NpzFile implements AutoCloseable {
  /** What deflate can make of one byte at most. */
  private static final long GREATEST_RATIO = 1032;

  private final Path file;
  private final ZipFile zip;

  private NpzFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws DatasetException if it is no zip archive
   */
  static NpzFile open(Path file) {
    try {
      return new NpzFile(file, ZipFile.builder().setPath(file).get());
    } catch (IOException | RuntimeException e) {
      throw new DatasetException(
          "%s is no npz archive, or it is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * An array.
   *
   * @throws DatasetException if there is none of this name, or it is damaged
   */
  NpyArray array(String name) {
    ZipArchiveEntry entry = zip.getEntry(name + ".npy");
    String place = file + ": " + name;
    if (entry == null) {
      throw new DatasetException("%s has no array '%s'".formatted(file, name));
    }
    try {
      return NpyArray.parse(place, content(entry));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DatasetException("%s is damaged: %s".formatted(place, e.getMessage()), e);
    }
  }

  private MemorySegment content(ZipArchiveEntry entry) throws IOException {
    long room = Files.size(file);
    boolean isPossible =
        entry.getSize() >= 0
            && entry.getCompressedSize() >= 0
            && entry.getCompressedSize() <= room
            && entry.getSize() <= GREATEST_RATIO * entry.getCompressedSize();
    if (!isPossible) {
      throw new IOException(
          "%d bytes cannot become %d".formatted(entry.getCompressedSize(), entry.getSize()));
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      return inflate(entry);
    }
    long start = entry.getDataOffset();
    if (start < 0 || entry.getSize() > room - start) {
      throw new IOException("it is cut off");
    }
    return map(file, start, entry.getSize());
  }

  private MemorySegment inflate(ZipArchiveEntry entry) throws IOException {
    Path temporary = Files.createTempFile("stic-", ".npy");
    try {
      if (Files.getFileStore(temporary).getUsableSpace() < entry.getSize()) {
        throw new IOException(
            "%s has no room for %d bytes".formatted(temporary.getParent(), entry.getSize()));
      }
      try (InputStream in = zip.getInputStream(entry);
          OutputStream out = Files.newOutputStream(temporary)) {
        copy(in, out, entry.getSize());
      }
      return map(temporary, 0, Files.size(temporary));
    } finally {
      Files.delete(temporary);
    }
  }

  /** Copies what was announced and not a byte more. */
  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long rest = bytes;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      rest -= count;
      if (rest < 0) {
        throw new IOException("it is longer than announced");
      }
      out.write(buffer, 0, count);
    }
  }

  /** A mapping keeps a deleted file's content. */
  private static MemorySegment map(Path file, long start, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, start, size, Arena.ofAuto());
    }
  }

  @Override
  public void close() {
    ZipFile.closeQuietly(zip);
  }
}
