package org.stic.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.stic.report.EventFile;
import org.stic.report.MetricsFile;
import org.stic.settings.ConfigurationFile;

/** What TensorBoard shows of a run: each number of a pass's metrics, its drawings, the settings. */
final class RunEvents {
  private static final Set<String> NO_MEASUREMENTS =
      Set.of("pass", "seed", "steps", "correction_steps", "samples", "test_images");
  private static final Set<String> GROUPS = Set.of("canvas", "real", "judge");
  private static final JsonMapper JSON = new JsonMapper();

  private final RunDirectory run;
  private EventFile file;

  RunEvents(RunDirectory run) {
    this.run = run;
  }

  /** Adds a pass; the first one of this process begins a file. */
  void add(PassMetrics metrics) throws IOException {
    int pass = metrics.pass();
    if (file == null) {
      file = EventFile.begin(run.tensorboard(), pass, InstantSource.system());
      file.text(pass, "settings", verbatim(ConfigurationFile.write(run.configuration())));
    }
    file.scalars(pass, numbers(metrics));
    Path picture = run.samples(pass);
    if (Files.exists(picture)) {
      file.picture(pass, "drawings", Files.readAllBytes(picture));
    }
  }

  private static Map<String, Double> numbers(PassMetrics metrics) throws IOException {
    Map<String, Double> numbers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field :
        JSON.readTree(MetricsFile.toJson(metrics)).properties()) {
      if (field.getValue().isNumber() && !NO_MEASUREMENTS.contains(field.getKey())) {
        numbers.put(grouped(field.getKey()), field.getValue().asDouble());
      }
    }
    return numbers;
  }

  /** real_hit_rate becomes real/hit_rate, and what has no such group belongs to the pass. */
  private static String grouped(String name) {
    int end = name.indexOf('_');
    return end > 0 && GROUPS.contains(name.substring(0, end))
        ? name.substring(0, end) + "/" + name.substring(end + 1)
        : "pass/" + name;
  }

  private static String verbatim(String text) {
    return text.indent(4);
  }
}
