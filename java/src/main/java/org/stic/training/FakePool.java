package org.stic.training;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * All drawings of one kind made so far, oldest first, with the class weights they were drawn for.
 * Pixels are kept as bytes, as the real images are, so that rounding does not tell the two apart.
 * Half of a batch comes from the newest refresh, half from everything.
 */
final class FakePool {
  private final int imageElements;
  private final int classes;
  private byte[] pixels = new byte[0];
  private float[] weights = new float[0];
  private int count;
  private int newestStart;

  FakePool(int imageElements, int classes) {
    this.imageElements = imageElements;
    this.classes = classes;
  }

  /** Number of drawings. */
  int count() {
    return count;
  }

  /** The first drawing of the newest refresh. */
  int newestStart() {
    return newestStart;
  }

  /**
   * Adds one refresh.
   *
   * @param drawings one image after another, in [-1, 1]; some may be left over at the end
   * @param from first drawing to add
   * @param to end of the drawings to add
   * @param drawingWeights class weights of all drawings, one row each
   */
  void add(float[] drawings, int from, int to, float[] drawingWeights) {
    byte[] added = new byte[(to - from) * imageElements];
    for (int element = 0; element < added.length; element++) {
      added[element] = (byte) Math.round((drawings[from * imageElements + element] + 1) * 127.5f);
    }
    append(added, Arrays.copyOfRange(drawingWeights, from * classes, to * classes));
  }

  private void append(byte[] addedPixels, float[] addedWeights) {
    newestStart = count;
    count += addedPixels.length / imageElements;
    pixels = Arrays.copyOf(pixels, Math.multiplyExact(count, imageElements));
    System.arraycopy(addedPixels, 0, pixels, newestStart * imageElements, addedPixels.length);
    weights = Arrays.copyOf(weights, count * classes);
    System.arraycopy(addedWeights, 0, weights, newestStart * classes, addedWeights.length);
  }

  /**
   * A drawing for place {@code slot} of a batch: even places take the newest refresh, odd ones all.
   */
  int choose(int slot, RandomGenerator random) {
    int first = slot % 2 == 0 ? newestStart : 0;
    return first + random.nextInt(count - first);
  }

  /** Writes a drawing as floats in [-1, 1] to {@code target[offset ...]}. */
  void readImage(int index, float[] target, int offset) {
    int start = index * imageElements;
    for (int element = 0; element < imageElements; element++) {
      target[offset + element] = Byte.toUnsignedInt(pixels[start + element]) / 127.5f - 1;
    }
  }

  /** Writes a drawing's class weights to {@code target[offset ...]}. */
  void readWeights(int index, float[] target, int offset) {
    System.arraycopy(weights, index * classes, target, offset, classes);
  }

  /** All pixels, [count, imageElements]. */
  byte[] pixels() {
    return pixels.clone();
  }

  /** All class weights, [count, classes]. */
  float[] weights() {
    return weights.clone();
  }

  /** Replaces the content, all of which counts as the newest refresh. */
  void restore(byte[] storedPixels, float[] storedWeights) {
    count = 0;
    append(storedPixels, storedWeights);
  }
}
