package org.stic.comparison;

import java.util.EnumMap;
import java.util.Map;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.PairedDifference;

/**
 * How a contender's ways between two classes look to the judge.
 *
 * @param name of the contender
 * @param paths ways of each seed
 * @param measures mean over the ways of a seed, summarised over the seeds
 * @param deviationGain how much nearer to the weights the ways are than the first contender's on
 *     the same seeds; null for the first contender
 */
public record PathRow(
    String name,
    int paths,
    Map<PathMeasure, MeanAndDeviation> measures,
    PairedDifference deviationGain) {

  public PathRow {
    measures = new EnumMap<>(measures);
  }
}
