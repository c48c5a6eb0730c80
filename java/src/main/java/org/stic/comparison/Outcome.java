package org.stic.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run of a comparison came to.
 *
 * @param trial the run
 * @param passes lines of its metrics.jsonl, pass 0 first
 * @param isComplete false where the training diverged, or its chains broke, before its last pass
 */
public record Outcome(Trial trial, List<JsonNode> passes, boolean isComplete) {

  /** The figure after the last pass, NaN where the run has none. */
  double last(Measure measure) {
    return isComplete ? measure.after(trial.configuration().passes(), passes) : Double.NaN;
  }

  /** The figure after a pass, NaN where the run did not come so far. */
  double after(int pass, Measure measure) {
    return pass < passes.size() ? measure.after(pass, passes) : Double.NaN;
  }

  /** A figure of the start's line under a prefix, such as {@code real_}. */
  double reference(String prefix, Measure measure) {
    return passes.isEmpty() ? Double.NaN : measure.of(passes.getFirst(), prefix);
  }

  /** The picture of the last finished pass. */
  Path picture() {
    return trial.folder().resolve("samples").resolve("pass-%03d.png".formatted(passes.size() - 1));
  }
}
