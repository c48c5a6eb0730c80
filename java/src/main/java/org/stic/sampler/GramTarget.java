package org.stic.sampler;

/** What the Gram matrices of a drawing are drawn to. */
public sealed interface GramTarget {

  /**
   * The mean over real images of the class; a mixture of classes has the mixture of their means.
   * Draws the texture that the class's images have in common.
   *
   * @param grams shared by all samplers of a classifier
   */
  record ClassMean(ClassGrams grams) implements GramTarget {}

  /**
   * One random real image of the class, another for each chain and each drawing, as in Gatys's
   * texture synthesis; a mixture of classes has the mixture of one image's matrix for each. Keeps
   * drawings of a class different from each other.
   */
  record OneImage(ClassImages images) implements GramTarget {}

  /** What another source sets. */
  record Supplied(Supply supply) implements GramTarget {}

  /** Makes a source of targets. */
  @FunctionalInterface
  interface Supply {
    /**
     * A source that sets these targets; the caller closes it.
     *
     * @param targets of all chains
     */
    GramSource source(GramTargets targets);
  }
}
