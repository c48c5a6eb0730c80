package org.stic.sampler;

import java.util.random.RandomGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/** What chains start from, in [-1, 1]. */
public sealed interface Canvas permits PictureCanvas, ClassGaussianCanvas {

  /** Numbers of one image. */
  int elements();

  /**
   * Writes one canvas, a pure function of the key and the weights.
   *
   * @param classWeights of the image that is drawn on it, one for each class
   * @param target canvases, one after another
   * @param start where in {@code target} this one begins
   */
  void fill(Key key, float[] classWeights, float[] target, int start);

  /**
   * Names one canvas.
   *
   * @param purpose whose canvases; two purposes share none
   * @param number which canvas, unique within the purpose
   * @param attempt which of the canvases of that number: 0, or more after a broken chain
   */
  record Key(long seed, Purpose purpose, int number, int attempt) {

    /** Random numbers of the pixels. */
    RandomGenerator pixels() {
      return new RandomKey(seed, purpose, number, attempt).generator();
    }

    /** Random numbers of a class's part of the canvas. */
    RandomGenerator ofClass(int label) {
      long classSeed =
          new RandomKey(seed, Purpose.CANVAS_GRID, purpose.code(), label).generator().nextLong();
      return new RandomKey(classSeed, Purpose.CANVAS_GRID, number, attempt).generator();
    }
  }

  /** Adds normal noise to each pixel and clips to [-1, 1]. */
  static void addNoise(RandomGenerator random, float noise, float[] pixels, int start, int count) {
    for (int index = start; index < start + count; index++) {
      float pixel = pixels[index] + noise * (float) random.nextGaussian();
      pixels[index] = Math.clamp(pixel, -1f, 1f);
    }
  }
}
