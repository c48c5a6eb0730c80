package org.stic.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Host memory of one batch, filled anew for each update: images in [-1, 1] and class weights. Off
 * the heap, so that an upload needs no copy in between; owned by whoever made it. Several threads
 * may fill different places.
 */
public final class Batch implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final int imageElements;
  private final int classes;
  private final MemorySegment images;
  private final MemorySegment weights;

  Batch(int count, int imageElements, int classes) {
    this.imageElements = imageElements;
    this.classes = classes;
    images = arena.allocate(ValueLayout.JAVA_FLOAT, (long) count * imageElements);
    weights = arena.allocate(ValueLayout.JAVA_FLOAT, (long) count * classes);
  }

  /** All images, one after another. */
  public MemorySegment images() {
    return images;
  }

  /** The class weights of all images, one row each. */
  public MemorySegment weights() {
    return weights;
  }

  /** Bytes of host memory. */
  long bytes() {
    return images.byteSize() + weights.byteSize();
  }

  /** Copies an image and its class weights to a place. */
  public void put(int place, float[] image, float[] row) {
    MemorySegment.copy(
        image,
        0,
        images,
        ValueLayout.JAVA_FLOAT,
        (long) place * imageElements * Float.BYTES,
        imageElements);
    MemorySegment.copy(
        row, 0, weights, ValueLayout.JAVA_FLOAT, (long) place * classes * Float.BYTES, classes);
  }

  @Override
  public void close() {
    arena.close();
  }
}
