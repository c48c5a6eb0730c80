package org.stic.sampler;

/**
 * A step's gain by spatial frequency, {@code P(f) = gain / (1 + |f|^2 / cutoff^2)}: coarse
 * structure moves faster than fine structure, whose gradients are mostly noise.
 *
 * @param cutoff frequency of half the gain, in cycles per image
 * @param gain of the mean
 */
public record LowPass(double cutoff, double gain) {

  /** The gain of the frequency with {@code rows} and {@code columns} cycles per image. */
  double at(int rows, int columns) {
    return gain / (1 + (rows * (double) rows + columns * (double) columns) / (cutoff * cutoff));
  }
}
