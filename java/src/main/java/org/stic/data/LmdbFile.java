package org.stic.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The main database of an LMDB environment's {@code data.mdb}, read without its library: that one
 * follows the file's offsets unchecked, so that a damaged file would end the process. Here every
 * offset is checked, and a damaged file is a sentence.
 *
 * <p>Layout, little-endian, 64-bit: pages 0 and 1 are metas, of which the one with the greater
 * transaction number holds. A page begins with u64 number, u16 pad, u16 flags, u16 lower, u16 upper
 * (an overflow page: u32 pages instead of the last two). From byte 16 to {@code lower} lie u16
 * offsets of nodes, sorted by key. A node is u16 low and u16 high of the value's size, u16 flags,
 * u16 key size, key, value; in a branch page those words are the child's page number instead. A
 * value with flag 1 is the u64 number of the first overflow page. Source: lmdb.h and mdb.c of
 * OpenLDAP's LMDB 0.9.
 */
final class LmdbFile {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int PAGE_HEADER = 16;
  private static final int NODE_HEADER = 8;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;
  private static final int META = 8;
  private static final int BIG_VALUE = 1;
  private static final int MOST_DEPTH = 32;
  private static final long NO_PAGE = -1;

  private final Path file;
  private final MemorySegment bytes;
  private final long pageSize;

  /** Takes the place of a value: where its bytes are in the file. */
  @FunctionalInterface
  interface Values {
    void accept(long offset, int length);
  }

  private LmdbFile(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
    pageSize = pageSize();
  }

  /**
   * Maps a file.
   *
   * @throws DatasetException if it is no environment of a version that can be read
   */
  static LmdbFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return new LmdbFile(file, bytes);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": " + IoReason.of(e), e);
    }
  }

  /** The file's content. */
  MemorySegment bytes() {
    return bytes;
  }

  /** Gives the places of all values in the order of their keys. */
  void forEach(Values values) {
    long meta = newestMeta();
    int depth = unsigned(bytes.get(SHORT, meta + 72 + 6));
    long entries = bytes.get(LONG, meta + 72 + 32);
    long root = bytes.get(LONG, meta + 72 + 40);
    if (root == NO_PAGE) {
      return;
    }
    if (depth < 1 || depth > MOST_DEPTH) {
      throw damaged("its tree cannot be %d pages deep".formatted(depth));
    }
    Walk walk = new Walk(values);
    walk.page(root, depth);
    if (walk.entries != entries) {
      throw damaged("%d records were announced, but there are %d".formatted(entries, walk.entries));
    }
  }

  /** Each page is visited once at most, so that a tree in a circle comes to an end. */
  private final class Walk {
    private final Values values;
    private long pages;
    private long entries;

    Walk(Values values) {
      this.values = values;
    }

    void page(long number, int depth) {
      long start = pageStart(number);
      pages++;
      if (pages > bytes.byteSize() / pageSize) {
        throw damaged("its tree leads in a circle");
      }
      int flags = unsigned(bytes.get(SHORT, start + 10));
      int expected = depth > 1 ? BRANCH : LEAF;
      if (flags != expected) {
        throw damaged("page %d has flags %d where %d belong".formatted(number, flags, expected));
      }
      int lower = unsigned(bytes.get(SHORT, start + 12));
      if (lower < PAGE_HEADER || lower > pageSize || lower % 2 != 0) {
        throw damaged("page %d has no proper list of records".formatted(number));
      }
      for (int pointer = PAGE_HEADER; pointer < lower; pointer += Short.BYTES) {
        int node = unsigned(bytes.get(SHORT, start + pointer));
        if (node < lower || node + NODE_HEADER > pageSize) {
          throw damaged("a record of page %d lies outside of it".formatted(number));
        }
        node(number, start, node, depth);
      }
    }

    private void node(long number, long start, int node, int depth) {
      long size = Integer.toUnsignedLong(bytes.get(INT, start + node));
      int flags = unsigned(bytes.get(SHORT, start + node + 4));
      if (depth > 1) {
        page(size | (long) flags << Integer.SIZE, depth - 1);
        return;
      }
      entries++;
      long value = (long) node + NODE_HEADER + unsigned(bytes.get(SHORT, start + node + 6));
      if (flags == BIG_VALUE && value + Long.BYTES <= pageSize) {
        overflow(bytes.get(LONG, start + value), size);
      } else if (flags == 0 && value + size <= pageSize) {
        values.accept(start + value, (int) size);
      } else {
        throw damaged("a record of page %d is no plain value".formatted(number));
      }
    }

    private void overflow(long number, long size) {
      long start = pageStart(number);
      boolean isOverflow = unsigned(bytes.get(SHORT, start + 10)) == OVERFLOW;
      long room = Integer.toUnsignedLong(bytes.get(INT, start + 12)) * pageSize - PAGE_HEADER;
      boolean fits = size <= room && size <= bytes.byteSize() - start - PAGE_HEADER;
      if (!isOverflow || !fits || size > Integer.MAX_VALUE) {
        throw damaged("the value at page %d is cut off".formatted(number));
      }
      values.accept(start + PAGE_HEADER, (int) size);
    }
  }

  private long pageStart(long number) {
    if (number < 2 || number >= bytes.byteSize() / pageSize) {
      throw damaged("page %d does not exist".formatted(number));
    }
    return number * pageSize;
  }

  private long pageSize() {
    requireMeta(0);
    long size = Integer.toUnsignedLong(bytes.get(INT, PAGE_HEADER + 24));
    boolean isPower = size >= 512 && size <= 65_536 && Long.bitCount(size) == 1;
    if (!isPower || bytes.byteSize() < 2 * size) {
      throw damaged("its page size cannot be %d".formatted(size));
    }
    return size;
  }

  /** Where the newer of both metas begins, behind its page's header. */
  private long newestMeta() {
    requireMeta(pageSize);
    long first = bytes.get(LONG, PAGE_HEADER + 128);
    long second = bytes.get(LONG, pageSize + PAGE_HEADER + 128);
    return PAGE_HEADER + (Long.compareUnsigned(first, second) >= 0 ? 0 : pageSize);
  }

  private void requireMeta(long page) {
    boolean isMeta =
        bytes.byteSize() >= page + PAGE_HEADER + 136
            && (unsigned(bytes.get(SHORT, page + 10)) & META) != 0
            && bytes.get(INT, page + PAGE_HEADER) == 0xBEEFC0DE;
    if (!isMeta) {
      throw new DatasetException(
          file + " is no LMDB environment of a 64-bit little-endian machine, or it is cut off");
    }
    int version = bytes.get(INT, page + PAGE_HEADER + Integer.BYTES);
    if (version != 1) {
      throw new DatasetException(
          "%s is of LMDB data version %d; version 1 is what can be read".formatted(file, version));
    }
  }

  private DatasetException damaged(String reason) {
    return new DatasetException("%s is damaged: %s".formatted(file, reason));
  }

  private static int unsigned(short value) {
    return Short.toUnsignedInt(value);
  }
}
