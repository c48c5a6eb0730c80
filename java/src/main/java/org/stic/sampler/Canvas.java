package org.stic.sampler;

import java.util.random.RandomGenerator;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * What chains start from: one grey value with normal noise on every pixel, clipped to [-1, 1].
 *
 * @param value the grey value
 * @param noise deviation of the noise
 * @param elements numbers of one image
 */
public record Canvas(float value, float noise, int elements) {

  /**
   * Writes one canvas, a pure function of all arguments.
   *
   * @param number which canvas, unique within the purpose
   * @param attempt which of the canvases of that number: 0, or more after a broken chain
   * @param row which row of {@code target} it is written to
   * @param target canvases, one after another
   */
  void fill(long seed, Purpose purpose, int number, int attempt, int row, float[] target) {
    RandomGenerator random = new RandomKey(seed, purpose, number, attempt).generator();
    int start = row * elements;
    for (int element = 0; element < elements; element++) {
      float pixel = value + noise * (float) random.nextGaussian();
      target[start + element] = Math.clamp(pixel, -1f, 1f);
    }
  }
}
