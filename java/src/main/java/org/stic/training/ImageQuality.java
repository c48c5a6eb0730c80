package org.stic.training;

/**
 * What the judge and plain statistics say about a set of images with wanted classes. Real images of
 * the same number score what is possible; see {@link QualityMeter#ofReal}.
 *
 * @param hitRate fraction of images that the judge takes for the wanted class
 * @param classifierScore exp of the mean KL divergence of the judge's answers from their mean
 * @param frechetDistance Frechet distance of the judge's features from those of all test images;
 *     not FID
 * @param diversity mean distance within a class in the judge's features over that of test images
 * @param highFrequency energy of the images less their 3x3 means over that of test images; above 1
 *     is noise, below 1 is blur
 * @param pixelDiversity mean distance within a class at 8x8 pixels over that of test images
 */
public record ImageQuality(
    double hitRate,
    double classifierScore,
    double frechetDistance,
    double diversity,
    double highFrequency,
    double pixelDiversity) {}
