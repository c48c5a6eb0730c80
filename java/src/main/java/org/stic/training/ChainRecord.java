package org.stic.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.stic.random.Purpose;
import org.stic.sampler.ChainTrace;
import org.stic.sampler.Drawer;
import org.stic.sampler.ImageSampler;
import org.stic.settings.EvaluationSettings;

/**
 * How the chains of an evaluation went, step by step.
 *
 * @param chains chains watched, the classes in turn
 * @param approximateSteps steps before the exact ones
 * @param warmUpSteps exact steps that adapted the step size; they are not watched
 * @param stepSize of the watched exact steps
 * @param steps means over the chains, the canvas first
 */
record ChainRecord(
    int chains, int approximateSteps, int warmUpSteps, double stepSize, List<Step> steps) {
  private static final int CHAINS = 10;

  /** Means over the chains after a step; the acceptance is NaN after an approximate one. */
  record Step(
      int step, double classTerm, double gramLoss, double displacement, double acceptance) {}

  /** Watches a few chains; empty where chains change their density on the way. */
  static Optional<ChainRecord> watch(DrawingClassifier subject) {
    EvaluationSettings settings = subject.configuration().evaluation();
    try (Drawer drawer =
        subject.drawer(
            settings.steps(), settings.correctionSteps(), Purpose.EVALUATION_CANVAS, CHAINS)) {
      return drawer instanceof ImageSampler sampler
          ? Optional.of(of(sampler, subject.classWeights(0, CHAINS)))
          : Optional.empty();
    }
  }

  private static ChainRecord of(ImageSampler sampler, float[] classWeights) {
    int[] canvases = sampler.canvasesOf(0);
    float[] starts = sampler.starts(classWeights, canvases);
    ChainTrace trace = sampler.trace(classWeights, 0, canvases[0], starts);
    return new ChainRecord(
        sampler.count(),
        trace.approximateSteps(),
        trace.warmUpSteps(),
        trace.stepSize(),
        trace.points().stream().map(ChainRecord::step).toList());
  }

  private static Step step(ChainTrace.Point point) {
    return new Step(
        point.step(),
        mean(point.classTerm()),
        mean(point.gramLoss()),
        mean(point.displacement()),
        mean(point.acceptance()));
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }
}
