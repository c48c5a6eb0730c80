package org.stic.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One line of {@code metrics.jsonl}: what was measured after a pass.
 *
 * @param pass 0 for the start, before any drawing was learnt from
 * @param accuracy fraction of test images classified right
 * @param noisyAccuracy the same under normal noise of deviation 0.5, which the classifier is told
 *     of
 * @param testImages test images behind the accuracy
 * @param drawings quality of the drawings
 * @param canvas quality of what the drawings start from; its names begin with {@code canvas_}
 * @param real quality of as many real training images, the floor; its names begin with {@code
 *     real_}
 * @param acceptance mean acceptance probability of the exact sampler's steps; NaN without such
 *     steps
 * @param correctionStepSize step size that the exact sampler's adaptation reached
 * @param displacement root-mean-square change of a pixel from canvas to drawing
 * @param classTerm mean class term of the drawings
 * @param gramLoss mean relative Gram loss of the drawings
 * @param brokenChains chains that were restarted because a number was not finite
 * @param samples drawings behind the sample metrics
 * @param steps steps of the approximate sampler
 * @param correctionSteps steps of the exact sampler after them
 * @param judge name of the judge
 * @param judgeAccuracy the judge's own accuracy on the test images
 * @param seed seed of the run
 * @param imageGradients gradients of images' log-densities that the pass's drawings took
 * @param updates updates of the classifier in the pass
 * @param loss mean training loss over the pass
 * @param dataWait share of the updates' time in which they waited for images
 * @param trainingSeconds wall seconds of drawing and training
 * @param evaluationSeconds wall seconds of measuring
 */
public record PassMetrics(
    int pass,
    double accuracy,
    double noisyAccuracy,
    int testImages,
    @JsonUnwrapped ImageQuality drawings,
    @JsonUnwrapped(prefix = "canvas_") ImageQuality canvas,
    @JsonUnwrapped(prefix = "real_") ImageQuality real,
    double acceptance,
    double correctionStepSize,
    double displacement,
    double classTerm,
    double gramLoss,
    int brokenChains,
    int samples,
    int steps,
    int correctionSteps,
    String judge,
    double judgeAccuracy,
    long seed,
    long imageGradients,
    long updates,
    double loss,
    double dataWait,
    double trainingSeconds,
    double evaluationSeconds) {}
