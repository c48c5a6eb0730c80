package org.stic.training;

/**
 * What is left of a classifier's accuracy under attack. An image counts as right if it is so clean
 * and at the attack's last step.
 *
 * @param norm ball of the perturbations
 * @param epsilon its radius in units of pixels in [0, 1]
 * @param epsilonOfSignedPixels the same in units of pixels in [-1, 1]
 * @param steps gradient steps after the random start
 * @param stepSize length of a step in units of pixels in [0, 1]
 * @param images attacked images
 * @param cleanAccuracy accuracy on them as they are
 * @param randomAccuracy accuracy at the random start, which no gradient has touched: the negative
 *     control
 * @param adversarialAccuracy accuracy under attack
 */
public record Robustness(
    Attack.Norm norm,
    double epsilon,
    double epsilonOfSignedPixels,
    int steps,
    double stepSize,
    int images,
    double cleanAccuracy,
    double randomAccuracy,
    double adversarialAccuracy) {}
