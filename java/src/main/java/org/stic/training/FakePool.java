package org.stic.training;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * All drawings of one kind made so far, oldest first, with the class weights they were drawn for.
 * Pixels are kept as {@link PixelBytes}. A share of each batch comes from the newest refresh, the
 * rest from everything.
 */
final class FakePool {
  private final int imageElements;
  private final int classes;
  private final double newestShare;
  private byte[] pixels = new byte[0];
  private float[] weights = new float[0];
  private int count;
  private int newestStart;

  /** An empty pool; {@code newestShare} is the fraction of a batch from the newest refresh. */
  FakePool(int imageElements, int classes, double newestShare) {
    this.newestShare = newestShare;
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
    PixelBytes.encode(drawings, from * imageElements, added, 0, added.length);
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
   * A drawing for place {@code slot} of a batch. The places that take the newest refresh alone are
   * spread evenly: with a share of 1/2 every other one.
   */
  int choose(int slot, RandomGenerator random) {
    boolean newest = Math.ceil((slot + 1) * newestShare) > Math.ceil(slot * newestShare);
    int first = newest ? newestStart : 0;
    return first + random.nextInt(count - first);
  }

  /** Writes a drawing as floats in [-1, 1] to {@code target[offset ...]}. */
  void readImage(int index, float[] target, int offset) {
    PixelBytes.decode(pixels, index * imageElements, target, offset, imageElements);
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
