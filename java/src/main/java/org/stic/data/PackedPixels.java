package org.stic.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Images that lie decoded one after another in memory or a mapped file.
 *
 * @param pixels a whole number of images; kept, not copied
 */
record PackedPixels(ImageShape shape, MemorySegment pixels) implements PixelStore {

  PackedPixels {
    pixels = pixels.asReadOnly();
  }

  @Override
  public int count() {
    return Math.toIntExact(pixels.byteSize() / shape.elements());
  }

  @Override
  public MemorySegment image(int place) {
    return pixels.asSlice((long) place * shape.elements(), shape.elements());
  }

  @Override
  public boolean isCostly() {
    return false;
  }

  @Override
  public Optional<String> identity() {
    return Optional.empty();
  }
}
