package org.stic.training;

import org.stic.metrics.KernelDistance;
import org.stic.metrics.SetCoverage;

/**
 * What a judge says about a set of images beside real test images.
 *
 * @param images images of the set
 * @param score classifier score of the whole set
 * @param scoreOfTenths mean score of ten equal parts of the set, as the literature gives it; NaN
 *     below ten images
 * @param scoreDeviation deviation of the parts' scores
 * @param frechetDistance from the features of all test images; NaN with no more images than
 *     features, where the covariance cannot be known
 * @param kernelDistance from the same
 * @param coverage beside as many test images as the set has
 */
public record SampleFigures(
    int images,
    double score,
    double scoreOfTenths,
    double scoreDeviation,
    double frechetDistance,
    KernelDistance kernelDistance,
    SetCoverage coverage) {}
