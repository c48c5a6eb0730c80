package org.stic.sampler;

import java.util.stream.IntStream;

/**
 * Draws images of given classes with a classifier's current parameters, in sets of a fixed number
 * of chains. What it draws is a function of its seed, its purpose and the arguments alone.
 */
public sealed interface Drawer extends AutoCloseable permits ImageSampler {

  /** Images drawn at once. */
  int count();

  /**
   * Draws one set from starts that images may share.
   *
   * @param classWeights one row of class weights per image
   * @param drawing number of the set; other numbers give other noise
   * @param canvases number of each image's start
   * @throws BrokenChainsException if a chain breaks in every attempt
   */
  Drawings draw(float[] classWeights, int drawing, int[] canvases);

  /** Draws one set, each image from a start of its own. */
  default Drawings draw(float[] classWeights, int drawing) {
    int first = Math.multiplyExact(drawing, count());
    return draw(classWeights, drawing, IntStream.range(first, first + count()).toArray());
  }

  @Override
  void close();
}
