package org.stic.sampler;

/**
 * What came back from the device after a run, one row per chain.
 *
 * @param startTerm class term of each canvas
 */
@SuppressWarnings("ArrayRecordComponent")
record ChainResults(
    float[] images,
    double[] acceptance,
    int[] brokenProposals,
    float stepSize,
    float[] startTerm,
    float[] classTerm,
    float[] gramLoss) {
  /** A chain that moved less than this many times the noise alone would have moved it stayed. */
  private static final double NOISE_FACTOR = 1.5;

  private static final double LEAST_DISPLACEMENT = 0.01;
  private static final double LEAST_RISE = 0.1;

  boolean isBroken(int chain) {
    return brokenProposals[chain] > 0
        || !Float.isFinite(classTerm[chain])
        || !Float.isFinite(gramLoss[chain])
        || hasNonFinitePixel(chain);
  }

  private boolean hasNonFinitePixel(int chain) {
    for (int element = chain * elements(); element < (chain + 1) * elements(); element++) {
      if (!Float.isFinite(images[element])) {
        return true;
      }
    }
    return false;
  }

  /** Numbers of one image. */
  private int elements() {
    return images.length / classTerm.length;
  }

  /** How many chains are broken. */
  int broken() {
    int broken = 0;
    for (int chain = 0; chain < classTerm.length; chain++) {
      broken += isBroken(chain) ? 1 : 0;
    }
    return broken;
  }

  /** Replaces a chain's row by another run's. */
  void take(ChainResults other, int chain) {
    int elements = elements();
    System.arraycopy(other.images, chain * elements, images, chain * elements, elements);
    acceptance[chain] = other.acceptance[chain];
    brokenProposals[chain] = other.brokenProposals[chain];
    startTerm[chain] = other.startTerm[chain];
    classTerm[chain] = other.classTerm[chain];
    gramLoss[chain] = other.gramLoss[chain];
  }

  /**
   * The drawings of chains that are all sane.
   *
   * @param start canvases, one after another
   * @param diffusion root-mean-square change of a pixel by the steps' noise alone
   * @param restarted chains that had to start again
   */
  Drawings drawings(float[] start, double diffusion, int restarted) {
    double least = Math.max(LEAST_DISPLACEMENT, NOISE_FACTOR * diffusion);
    double squares = 0;
    int stuck = 0;
    for (int chain = 0; chain < classTerm.length; chain++) {
      double moved = displacement(start, chain);
      squares += moved * moved;
      stuck += moved < least && classTerm[chain] - startTerm[chain] < LEAST_RISE ? 1 : 0;
    }
    double displacement = Math.sqrt(squares / classTerm.length);
    return new Drawings(
        images, acceptance, stepSize, classTerm, gramLoss, displacement, restarted, stuck);
  }

  /** Root-mean-square change of a chain's pixels. */
  private double displacement(float[] start, int chain) {
    double squares = 0;
    for (int element = chain * elements(); element < (chain + 1) * elements(); element++) {
      double change = images[element] - start[element];
      squares += change * change;
    }
    return Math.sqrt(squares / elements());
  }
}
