package org.stic.sampler;

/** Sets the Gram targets of a set of chains before they run. */
public interface GramSource extends AutoCloseable {

  /**
   * Sets the targets with the classifier's current parameters; returns when that is enqueued.
   *
   * @param classWeights one row of class weights per chain
   * @param canvases number of each chain's canvas; chains of one canvas get the same real images
   */
  void set(float[] classWeights, int[] canvases);

  @Override
  void close();
}
