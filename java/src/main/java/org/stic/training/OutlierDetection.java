package org.stic.training;

/**
 * How well three scores of a classifier z(x) tell test images from images of another set: areas
 * under the ROC curve, 1 where every test image scores higher, 0.5 by chance.
 *
 * <p>A classifier whose fakes push its logits down one by one (the introspective objective) makes
 * its logits those of independent detectors: the sum of their exponentials then says less about
 * images of other classes than it did, while the softmax keeps what it says.
 *
 * @param others the other set
 * @param images test images
 * @param otherImages images of the other set
 * @param maximumSoftmax area of {@code max_y p(y|x)} (Hendrycks and Gimpel, ICLR 2017)
 * @param logSumExp area of {@code logsumexp_y z_y(x)}, the unnormalised log p(x) (Grathwohl et al.,
 *     ICLR 2020)
 * @param gradientNorm area of {@code -|d logsumexp_y z_y(x) / dx|}, the mass around x (the same)
 */
public record OutlierDetection(
    String others,
    int images,
    int otherImages,
    double maximumSoftmax,
    double logSumExp,
    double gradientNorm) {}
