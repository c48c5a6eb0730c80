package org.stic.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps the images of another store once they were read, off the heap. For sets that fit into
 * {@link #MOST_BYTES}.
 */
final class CachedPixels implements PixelStore {
  static final long MOST_BYTES = 192L << 20;

  private static final int CHUNK = 256;

  private final PixelStore source;
  private final int elements;
  private final AtomicReferenceArray<MemorySegment> chunks;
  private final AtomicIntegerArray isThere;

  private CachedPixels(PixelStore source) {
    this.source = source;
    elements = source.shape().elements();
    chunks = new AtomicReferenceArray<>(Math.ceilDiv(source.count(), CHUNK));
    isThere = new AtomicIntegerArray(source.count());
  }

  /** A store that keeps what was read, or the same one if that would be too much. */
  static PixelStore of(PixelStore source) {
    long bytes = (long) source.count() * source.shape().elements();
    return bytes <= MOST_BYTES ? new CachedPixels(source) : source;
  }

  @Override
  public MemorySegment image(int place) {
    if (isThere.get(place) == 0) {
      MemorySegment.copy(source.image(place), 0, kept(place), 0, elements);
      isThere.set(place, 1);
    }
    return kept(place).asReadOnly();
  }

  private MemorySegment kept(int place) {
    MemorySegment chunk = chunks.get(place / CHUNK);
    if (chunk == null) {
      chunks.compareAndSet(place / CHUNK, null, allocate());
      chunk = chunks.get(place / CHUNK);
    }
    return chunk.asSlice((long) (place % CHUNK) * elements, elements);
  }

  private MemorySegment allocate() {
    return Arena.ofAuto().allocate((long) CHUNK * elements);
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public boolean isCostly() {
    return source.isCostly();
  }

  @Override
  public Optional<String> identity() {
    return source.identity();
  }

  @Override
  public ReadingReport report() {
    return source.report();
  }
}
