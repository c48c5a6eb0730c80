package org.stic.sampler;

import java.util.Arrays;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;

/**
 * One random real image of each class with weight, for each chain, class after class: as many
 * rounds as the chain with most classes has. Chains of one canvas get the same images.
 */
public final class ClassRounds {
  private final ClassImages images;
  private final long seed;
  private final float[] classWeights;
  private final int[] canvases;
  private final int[] label;
  private final float[] weights;
  private final float[] pixels;

  /**
   * Before the first round.
   *
   * @param seed key of the choice
   * @param elements numbers of one image
   * @param classWeights one row of class weights per chain
   * @param canvases number of each chain's canvas
   */
  public ClassRounds(
      ClassImages images, long seed, int elements, float[] classWeights, int[] canvases) {
    this.images = images;
    this.seed = seed;
    this.classWeights = classWeights;
    this.canvases = canvases;
    label = new int[canvases.length];
    weights = new float[canvases.length];
    pixels = new float[canvases.length * elements];
  }

  /** Goes on to the next class of every chain that has one left; whether there was any. */
  public boolean next() {
    Arrays.fill(weights, 0);
    boolean found = false;
    for (int chain = 0; chain < canvases.length; chain++) {
      found |= advance(chain);
    }
    return found;
  }

  private boolean advance(int chain) {
    int classes = images.classes();
    while (label[chain] < classes && classWeights[chain * classes + label[chain]] == 0) {
      label[chain]++;
    }
    if (label[chain] == classes) {
      return false;
    }
    weights[chain] = classWeights[chain * classes + label[chain]];
    read(chain, label[chain]++);
    return true;
  }

  private void read(int chain, int chosen) {
    RandomKey key = new RandomKey(seed, Purpose.GRAM_TARGET, canvases[chain], chosen);
    int index = key.generator().nextInt(images.count(chosen));
    images.read(chosen, index, pixels, chain * (pixels.length / canvases.length));
  }

  /** The weight of each chain's class in this round; 0 for chains that have none left. */
  public float[] weights() {
    return weights;
  }

  /** The images of this round; a chain that has no class left keeps its last one. */
  public float[] pixels() {
    return pixels;
  }
}
