package org.stic.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bytes of an arena that are taken from one step of a program to another, both included. */
final class ArenaBlock {

  /** Every block starts at a multiple of this many bytes, as device allocations do. */
  static final long ALIGNMENT = 256;

  private final long bytes;
  private final int first;
  private int last;
  private long offset;

  ArenaBlock(long bytes, int first, int last) {
    this.bytes = bytes;
    this.first = first;
    this.last = last;
  }

  long bytes() {
    return bytes;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  /** First byte in the arena, once packed. */
  long offset() {
    return offset;
  }

  /** Keeps the block until a later step. */
  void extend(int last) {
    this.last = Math.max(this.last, last);
  }

  /** Whether both are taken at some step. */
  boolean livesWith(ArenaBlock other) {
    return first <= other.last && other.first <= last;
  }

  private long end() {
    return (offset + bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Gives each block its offset: the largest first, each at the lowest place that is free during
   * its life.
   *
   * @return bytes of the arena
   */
  static long pack(List<ArenaBlock> blocks) {
    List<ArenaBlock> placed = new ArrayList<>();
    for (ArenaBlock block :
        blocks.stream().sorted(Comparator.comparingLong(ArenaBlock::bytes).reversed()).toList()) {
      block.offset = block.lowestFree(placed);
      placed.add(block);
      placed.sort(Comparator.comparingLong(ArenaBlock::offset));
    }
    return blocks.stream().mapToLong(ArenaBlock::end).max().orElse(0);
  }

  /**
   * @param placed blocks in the order of their offsets
   */
  private long lowestFree(List<ArenaBlock> placed) {
    long candidate = 0;
    for (ArenaBlock other : placed) {
      if (livesWith(other)) {
        if (candidate + bytes <= other.offset) {
          return candidate;
        }
        candidate = Math.max(candidate, other.end());
      }
    }
    return candidate;
  }
}
