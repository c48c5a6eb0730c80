package org.stic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stic.training.RunDirectory;

/**
 * How a training ended.
 *
 * @param run the run's folder
 * @param report its report
 * @param seconds wall time of the command, with everything
 * @param passes all lines of metrics.jsonl
 */
record TrainSummary(String run, String report, double seconds, List<JsonNode> passes) {

  static TrainSummary of(RunDirectory run, Path report, double seconds) throws IOException {
    return new TrainSummary(run.folder().toString(), report.toString(), seconds, run.readMetrics());
  }

  String text() {
    JsonNode last = passes.getLast();
    return """
    done in %.0f s: accuracy %.2f %%, hit rate %.1f %% (%s, itself right on %.1f %% of test images)
    distance    %.1f Frechet distance; as many real images have %.2f
    data        updates waited for images %.1f %% of their time
    drawings    %s
    report      %s
    draw more   stic sample --run %s --class NAME\
    """
        .formatted(
            seconds,
            100 * last.path("accuracy").asDouble(),
            100 * last.path("hit_rate").asDouble(),
            last.path("judge").asText(),
            100 * last.path("judge_accuracy").asDouble(),
            last.path("frechet_distance").asDouble(),
            last.path("real_frechet_distance").asDouble(),
            100 * longestWait(),
            Path.of(run, "samples"),
            report,
            run);
  }

  /** Of the passes; the start, when the first batches are prepared, is the worst as a rule. */
  private double longestWait() {
    return passes.stream().mapToDouble(pass -> pass.path("data_wait").asDouble()).max().orElse(0);
  }
}
