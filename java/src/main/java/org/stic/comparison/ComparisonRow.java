package org.stic.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.stic.metrics.MeanAndDeviation;
import org.stic.metrics.PairedDifference;

/**
 * A row of a comparison's table.
 *
 * @param name of the contender, or what else was measured
 * @param kind what the row stands for
 * @param measures figures over the seeds; those that make no sense for the kind are left out
 * @param accuracyGain accuracy above the control's on the same seeds, as a fraction; null for rows
 *     without an accuracy
 * @param noisyAccuracyGain the same of the accuracy under noise
 * @param divergedSeeds seeds whose training diverged; they are not in the figures
 */
public record ComparisonRow(
    String name,
    Kind kind,
    Map<Measure, MeanAndDeviation> measures,
    PairedDifference accuracyGain,
    PairedDifference noisyAccuracyGain,
    List<Long> divergedSeeds) {

  /** What a row stands for. */
  public enum Kind {
    /** Real training images: the floor of every distance. */
    @JsonProperty("real")
    REAL,
    /** What chains start from. */
    @JsonProperty("canvas")
    CANVAS,
    /** The classifier before its first pass. */
    @JsonProperty("start")
    START,
    /** The control after its last pass. */
    @JsonProperty("control")
    CONTROL,
    /** A contender after its last pass. */
    @JsonProperty("contender")
    CONTENDER
  }

  public ComparisonRow {
    measures = new EnumMap<>(measures);
    divergedSeeds = List.copyOf(divergedSeeds);
  }

  /** A figure; one without values where the row does not have it. */
  MeanAndDeviation get(Measure measure) {
    return measures.getOrDefault(measure, MeanAndDeviation.of(List.of()));
  }

  /** The name with what the reader must know of the row. */
  String label() {
    String diverged = divergedSeeds.isEmpty() ? "" : " (diverged with seeds " + divergedSeeds + ")";
    return (kind == Kind.CONTROL ? name + " (control)" : name) + diverged;
  }
}
