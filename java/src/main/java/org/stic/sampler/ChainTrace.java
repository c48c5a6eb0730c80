package org.stic.sampler;

import java.util.List;

/**
 * A set of chains watched along its approximate steps, the canvas first.
 *
 * @param points in the order of their steps
 */
public record ChainTrace(List<Point> points) {

  /**
   * All chains after a number of steps.
   *
   * @param step approximate steps taken
   * @param classTerm of each chain
   * @param gramLoss of each chain
   * @param displacement root-mean-square distance of each chain from its canvas
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Point(int step, float[] classTerm, float[] gramLoss, float[] displacement) {}

  public ChainTrace {
    points = List.copyOf(points);
  }
}
