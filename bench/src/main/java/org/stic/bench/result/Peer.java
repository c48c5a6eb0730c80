package org.stic.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another program that did the same work in turn with ours.
 *
 * @param name of the program, such as {@code oneDNN}
 * @param version of it; empty where it is absent
 * @param settings that it ran with, such as its threads
 * @param samples in the unit of the row; the k-th was taken beside the row's k-th
 * @param absent why it was not measured, a clause; null where it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Peer(
    String name,
    String version,
    Map<String, String> settings,
    List<Double> samples,
    String absent) {

  public Peer {
    Require.text("name", name);
    Require.present("version", version);
    settings = Require.texts("settings", settings);
    samples = Require.amounts("samples", samples);
    if (samples.isEmpty() == (absent == null)) {
      throw new IllegalArgumentException(
          "peer '%s' needs either samples or the reason why it is 'absent'".formatted(name));
    }
  }

  /** A peer that was measured. */
  public static Peer measured(
      String name, String version, Map<String, String> settings, List<Double> samples) {
    return new Peer(name, version, settings, samples, null);
  }

  /** A peer that could not be measured. */
  public static Peer absent(String name, String reason) {
    return new Peer(name, "", Map.of(), List.of(), reason);
  }

  /** Why it was not measured; empty where it was. */
  @JsonIgnore
  public Optional<String> reasonOfAbsence() {
    return Optional.ofNullable(absent);
  }
}
