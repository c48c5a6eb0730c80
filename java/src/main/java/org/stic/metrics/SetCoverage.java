package org.stic.metrics;

/**
 * Whether drawings lie where real images lie (precision, density) and whether real images lie where
 * drawings lie (recall, coverage), in a judge's features. A point's ball reaches to its k-th
 * nearest other point of its own set; a point on the edge of a ball is outside.
 *
 * <p>Sources: Kynkaanniemi et al., "Improved precision and recall metric for assessing generative
 * models", NeurIPS 2019; Naeem et al., "Reliable fidelity and diversity metrics for generative
 * models", ICML 2020, whose strict inequality is used for all four.
 *
 * @param precision fraction of drawings inside a real image's ball
 * @param recall fraction of real images inside a drawing's ball
 * @param density real images' balls that a drawing lies in, over k: about 1 where the sets are
 *     alike; may be above
 * @param coverage fraction of real images whose ball holds a drawing
 * @param k neighbours
 * @param images drawings
 * @param realImages real images
 */
public record SetCoverage(
    double precision,
    double recall,
    double density,
    double coverage,
    int k,
    int images,
    int realImages) {
  /** Usual number of neighbours, as in Naeem et al. */
  public static final int NEIGHBOURS = 5;

  /**
   * Compares two sets.
   *
   * @param k less than the number of images of either set
   */
  public static SetCoverage of(Features drawings, Features real, int k, InnerProducts products) {
    if (drawings.width() != real.width()) {
      throw new IllegalArgumentException(
          "features of width %d and %d".formatted(drawings.width(), real.width()));
    }
    // Distances stay; what is subtracted in them gets small.
    double[] centre = real.mean();
    Features centredReal = real.minus(centre);
    Features centredDrawings = drawings.minus(centre);
    var ofReal = new Neighbourhoods(centredReal, k, products).cover(centredDrawings);
    var ofDrawings = new Neighbourhoods(centredDrawings, k, products).cover(centredReal);
    return new SetCoverage(
        ofReal.covered(),
        ofDrawings.covered(),
        ofReal.balls() / k,
        ofReal.reached(),
        k,
        drawings.count(),
        real.count());
  }
}
