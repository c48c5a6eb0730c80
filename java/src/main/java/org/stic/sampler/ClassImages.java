package org.stic.sampler;

/** Real images by class: what drawings take their statistics from. */
public interface ClassImages {

  /** Number of classes. */
  int classes();

  /** Number of images of a class, at least one. */
  int count(int label);

  /** Writes an image of a class, in [-1, 1], to {@code target[offset ...]}. */
  void read(int label, int index, float[] target, int offset);
}
