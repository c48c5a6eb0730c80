package org.stic.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Where the members of a tar archive lie in its file. Nothing is unpacked, so what members are
 * called leads nowhere; links and folders are no members here.
 *
 * @param bytes the whole file, also for an archive inside of another one
 */
record TarIndex(Path file, MemorySegment bytes, List<Member> members) {
  private static final int BLOCK = 512;

  /**
   * A regular file in the archive.
   *
   * @param name the last part of its path
   * @param offset where its bytes begin in the file
   */
  record Member(String name, long offset, long size) {}

  /**
   * Maps a file and goes through its headers.
   *
   * @throws DatasetException if it is no tar archive, or is cut off
   */
  static TarIndex open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return of(file, bytes, 0, bytes.byteSize());
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }

  /** The members of an archive that is itself a member of this one. */
  TarIndex inside(Member archive) {
    return of(file, bytes, archive.offset(), archive.size());
  }

  private static TarIndex of(Path file, MemorySegment bytes, long start, long size) {
    List<Member> members = new ArrayList<>();
    try (TarFile tar = new TarFile(new SegmentChannel(bytes.asSlice(start, size)))) {
      requireEnd(tar.getEntries(), bytes.asSlice(start, size));
      for (TarArchiveEntry entry : tar.getEntries()) {
        if (entry.isFile() && !entry.isSparse() && !entry.isLink() && !entry.isSymbolicLink()) {
          members.add(member(entry, start, size));
        }
      }
      return new TarIndex(file, bytes, members);
    } catch (IOException | RuntimeException e) {
      throw new DatasetException(
          "%s is no tar archive, or it is damaged at or after byte %d: %s"
              .formatted(file, start, e.getMessage()),
          e);
    }
  }

  /** After its last member an archive has a block of zeros; one that was cut off has none. */
  private static void requireEnd(List<TarArchiveEntry> entries, MemorySegment bytes)
      throws IOException {
    long last = 0;
    for (TarArchiveEntry entry : entries) {
      last = Math.max(last, Math.addExact(entry.getDataOffset(), entry.getSize()));
    }
    long end = Math.ceilDiv(last, BLOCK) * BLOCK;
    if (end > bytes.byteSize() - BLOCK
        || bytes.asSlice(end, BLOCK).mismatch(MemorySegment.ofArray(new byte[BLOCK])) >= 0) {
      throw new IOException("it is cut off");
    }
  }

  private static Member member(TarArchiveEntry entry, long start, long size) throws IOException {
    long offset = entry.getDataOffset();
    if (offset < 0 || entry.getSize() < 0 || entry.getSize() > size - offset) {
      throw new IOException("member " + entry.getName() + " is cut off");
    }
    String name = entry.getName();
    return new Member(name.substring(name.lastIndexOf('/') + 1), start + offset, entry.getSize());
  }
}
