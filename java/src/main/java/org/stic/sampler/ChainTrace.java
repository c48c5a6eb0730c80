package org.stic.sampler;

import java.util.List;

/**
 * A set of chains watched step by step, the canvas first.
 *
 * @param points in the order of their steps
 * @param approximateSteps how many of the steps were approximate
 * @param warmUpSteps how many exact steps adapted the step size; they are not watched
 * @param stepSize step size of the watched exact steps
 */
public record ChainTrace(
    List<Point> points, int approximateSteps, int warmUpSteps, float stepSize) {

  /**
   * All chains after a number of steps.
   *
   * @param step steps taken, of all kinds
   * @param classTerm of each chain
   * @param gramLoss of each chain
   * @param displacement root-mean-square distance of each chain from its canvas
   * @param acceptance probability with which each chain took its last proposal; NaN after an
   *     approximate step
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Point(
      int step, float[] classTerm, float[] gramLoss, float[] displacement, float[] acceptance) {}

  public ChainTrace {
    points = List.copyOf(points);
  }

  /** The points of the exact steps that sample: those after the warm-up. */
  public List<Point> exact() {
    return points.stream().filter(point -> point.step() > approximateSteps + warmUpSteps).toList();
  }
}
