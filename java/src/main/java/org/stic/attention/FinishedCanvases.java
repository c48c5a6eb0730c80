package org.stic.attention;

import org.stic.sampler.Drawings;

/**
 * What came back from the device after a drawing, one row per canvas.
 *
 * @param glimpses where the last window's chains ended
 * @param startTerm class term of each canvas before the first step
 */
@SuppressWarnings("ArrayRecordComponent")
record FinishedCanvases(
    float[] images,
    float[] glimpses,
    double[] acceptance,
    int[] brokenProposals,
    float stepSize,
    float[] startTerm,
    float[] classTerm,
    float[] gramLoss) {
  private static final double LEAST_DISPLACEMENT = 0.01;
  private static final double LEAST_RISE = 0.1;

  boolean isBroken(int chain) {
    return brokenProposals[chain] > 0
        || !Float.isFinite(classTerm[chain])
        || !Float.isFinite(gramLoss[chain])
        || hasNonFinite(images, chain)
        || hasNonFinite(glimpses, chain);
  }

  private boolean hasNonFinite(float[] values, int chain) {
    int elements = values.length / classTerm.length;
    for (int element = chain * elements; element < (chain + 1) * elements; element++) {
      if (!Float.isFinite(values[element])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The drawings of chains that are all sane.
   *
   * @param start canvases before the first step, one after another
   * @param restarted chains that had to start again
   */
  Drawings drawings(float[] start, int restarted) {
    double squares = 0;
    int stuck = 0;
    for (int chain = 0; chain < classTerm.length; chain++) {
      double moved = displacement(start, chain);
      squares += moved * moved;
      boolean stayed = moved < LEAST_DISPLACEMENT;
      stuck += stayed && classTerm[chain] - startTerm[chain] < LEAST_RISE ? 1 : 0;
    }
    return new Drawings(
        images,
        acceptance,
        stepSize,
        classTerm,
        gramLoss,
        Math.sqrt(squares / classTerm.length),
        restarted,
        stuck);
  }

  /** Root-mean-square change of a canvas's pixels. */
  private double displacement(float[] start, int chain) {
    int elements = images.length / classTerm.length;
    double squares = 0;
    for (int element = chain * elements; element < (chain + 1) * elements; element++) {
      double change = images[element] - start[element];
      squares += change * change;
    }
    return Math.sqrt(squares / elements);
  }
}
