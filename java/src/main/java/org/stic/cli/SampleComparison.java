package org.stic.cli;

import org.stic.training.SampleFigures;

/**
 * Drawings beside real images in a judge's features.
 *
 * @param judge name of the judge
 * @param judgeAccuracy fraction of the test images whose label is the number of its answer; NaN
 *     where it has other classes
 * @param scoreName what its score may be called
 * @param distanceName what its Frechet distance may be called
 * @param kernelDistanceName what its kernel distance may be called
 * @param features length of its feature vectors
 * @param realImages test images that both are compared with
 * @param selection which drawings and which real images were taken
 * @param drawings figures of the drawings
 * @param floor figures of as many real training images: what is possible
 */
record SampleComparison(
    String judge,
    double judgeAccuracy,
    String scoreName,
    String distanceName,
    String kernelDistanceName,
    int features,
    int realImages,
    String selection,
    SampleFigures drawings,
    SampleFigures floor) {}
