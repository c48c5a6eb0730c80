package org.stic.attention;

import org.stic.sampler.ChainPlan;

/**
 * The drawing steps of an image, coarse to fine, and the chain of each.
 *
 * @param draws drawing steps: the first through the window over the whole canvas, the others
 *     through smaller ones, whose strides fall in equal ratios
 * @param finest stride of the last window
 * @param choice who places the windows after the first
 * @param noise deviation of normal noise on what the first window sees, where its chains begin
 * @param chain steps of all draws together, and exact steps after the last
 */
public record DrawingPlan(
    int draws, double finest, WindowChoice choice, double noise, ChainPlan chain) {

  public DrawingPlan {
    if (draws < 1) {
      throw new IllegalArgumentException("a drawing needs at least one step, not " + draws);
    }
  }

  /**
   * Approximate steps before a draw: the first, which finds the picture, has half of them, the
   * others equally many, up to one.
   */
  int stepsBefore(int draw) {
    if (draw == 0) {
      return 0;
    }
    int first = draws == 1 ? chain.steps() : chain.steps() - chain.steps() / 2;
    int rest = chain.steps() - first;
    return draws == 1 ? first : first + rest * (draw - 1) / (draws - 1);
  }

  /** Approximate steps of a draw. */
  int steps(int draw) {
    return stepsBefore(draw + 1) - stepsBefore(draw);
  }
}
