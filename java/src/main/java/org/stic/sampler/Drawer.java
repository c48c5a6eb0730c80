package org.stic.sampler;

import java.util.stream.IntStream;

/**
 * Draws images of given classes with a classifier's current parameters, in sets of a fixed number
 * of chains. What it draws is a function of its seed, its purpose and the arguments alone.
 */
public sealed interface Drawer extends AutoCloseable
    permits ImageSampler, AnnealedSampler, CascadeDrawer, StepwiseDrawer {

  /** Images drawn at once. */
  int count();

  /**
   * What the chains of a set begin with, in [-1, 1]: drawings after no step at all.
   *
   * @param classWeights one row of class weights per image
   * @param canvases number of each image's start
   */
  float[] starts(float[] classWeights, int[] canvases);

  /**
   * Draws one set from images that are given.
   *
   * @param classWeights one row of class weights per image
   * @param drawing number of the set; other numbers give other noise
   * @param canvases number of the start that a chain takes if it breaks
   * @param starts what the chains begin with, one image after another, in [-1, 1]; not changed
   * @throws BrokenChainsException if a chain breaks in every attempt
   */
  Drawings draw(float[] classWeights, int drawing, int[] canvases, float[] starts);

  /**
   * Draws one set from starts that images may share.
   *
   * @param canvases number of each image's start
   */
  default Drawings draw(float[] classWeights, int drawing, int[] canvases) {
    return draw(classWeights, drawing, canvases, starts(classWeights, canvases));
  }

  /** Draws one set, each image from a start of its own. */
  default Drawings draw(float[] classWeights, int drawing) {
    return draw(classWeights, drawing, canvasesOf(drawing));
  }

  /** Numbers of the starts that belong to a set alone. */
  default int[] canvasesOf(int drawing) {
    int first = Math.multiplyExact(drawing, count());
    return IntStream.range(first, first + count()).toArray();
  }

  @Override
  void close();
}
