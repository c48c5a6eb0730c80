package org.stic.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Host memory of one batch, filled anew for each update: images in [-1, 1] and class weights. Off
 * the heap, so that an upload needs no copy in between; owned by whoever made it.
 */
final class Batch implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final int imageElements;
  private final int classes;
  private final MemorySegment images;
  private final MemorySegment weights;
  private final float[] image;
  private final float[] row;

  Batch(int count, int imageElements, int classes) {
    this.imageElements = imageElements;
    this.classes = classes;
    images = arena.allocate(ValueLayout.JAVA_FLOAT, (long) count * imageElements);
    weights = arena.allocate(ValueLayout.JAVA_FLOAT, (long) count * classes);
    image = new float[imageElements];
    row = new float[classes];
  }

  /** All images, one after another. */
  MemorySegment images() {
    return images;
  }

  /** The class weights of all images, one row each. */
  MemorySegment weights() {
    return weights;
  }

  /** Room for one image to be composed in; {@link #put} takes it over. */
  float[] image() {
    return image;
  }

  /** Room for one row of class weights; {@link #put} takes it over. */
  float[] row() {
    return row;
  }

  /** Copies {@link #image()} and {@link #row()} to place {@code index}. */
  void put(int index) {
    MemorySegment.copy(
        image,
        0,
        images,
        ValueLayout.JAVA_FLOAT,
        (long) index * imageElements * Float.BYTES,
        imageElements);
    MemorySegment.copy(
        row, 0, weights, ValueLayout.JAVA_FLOAT, (long) index * classes * Float.BYTES, classes);
  }

  @Override
  public void close() {
    arena.close();
  }
}
