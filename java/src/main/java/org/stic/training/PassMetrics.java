package org.stic.training;

/**
 * One line of {@code metrics.jsonl}: what was measured after a pass.
 *
 * @param pass 0 for the start, before any drawing was learnt from
 * @param accuracy fraction of test images classified right
 * @param testImages test images behind the accuracy
 * @param hitRate fraction of drawings that the judge takes for the intended class
 * @param classifierScore exp of the mean KL divergence of the judge's answers from their mean
 * @param frechetDistance Frechet distance of the judge's features of drawings and test images; not
 *     FID
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
 * @param loss mean training loss over the pass
 * @param trainingSeconds wall seconds of drawing and training
 * @param evaluationSeconds wall seconds of measuring
 */
public record PassMetrics(
    int pass,
    double accuracy,
    int testImages,
    double hitRate,
    double classifierScore,
    double frechetDistance,
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
    double loss,
    double trainingSeconds,
    double evaluationSeconds) {}
