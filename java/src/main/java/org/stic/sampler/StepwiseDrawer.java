package org.stic.sampler;

import java.util.function.Consumer;

/** Draws an image in several steps, after each of which there is a canvas to look at. */
public non-sealed interface StepwiseDrawer extends Drawer {

  /**
   * Draws one set from images that are given.
   *
   * @param watcher gets all canvases after each drawing step, one image after another; the last
   *     ones are the drawings. A set that is drawn again, because a chain broke, is watched again
   *     from its first step
   */
  Drawings draw(
      float[] classWeights, int drawing, int[] canvases, float[] starts, Consumer<float[]> watcher);
}
