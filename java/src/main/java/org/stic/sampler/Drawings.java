package org.stic.sampler;

/**
 * Drawn images and how their chains went.
 *
 * @param images one image after another, in [-1, 1]
 * @param acceptance fraction of exact steps after the warm-up that each chain took; NaN without
 * @param stepSize step size that the exact steps' adaptation reached
 * @param classTerm class term of each drawing
 * @param gramLoss relative Gram loss of each drawing
 * @param displacement root-mean-square change of a pixel from canvas to drawing
 * @param brokenChains chains that were started again because a number was not finite
 * @param stuckChains chains that stayed on their canvas: they moved no further than noise would
 *     have moved them, and their class term did not rise
 */
@SuppressWarnings("ArrayRecordComponent")
public record Drawings(
    float[] images,
    double[] acceptance,
    float stepSize,
    float[] classTerm,
    float[] gramLoss,
    double displacement,
    int brokenChains,
    int stuckChains) {}
