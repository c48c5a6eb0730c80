package org.stic.comparison;

import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** A column of a comparison: a figure of {@code metrics.jsonl}. */
public enum Measure {
  ACCURACY("accuracy, %", "accuracy", 100, 2, false),
  NOISY_ACCURACY("accuracy under noise, %", "noisy_accuracy", 100, 2, false),
  HIT_RATE("hit rate, %", "hit_rate", 100, 1, false),
  CLASSIFIER_SCORE("classifier score", "classifier_score", 1, 2, false),
  FRECHET_DISTANCE("Frechet distance", "frechet_distance", 1, 2, false),
  DIVERSITY("diversity", "diversity", 1, 2, false),
  HIGH_FREQUENCY("high-frequency energy", "high_frequency", 1, 2, false),
  ACCEPTANCE("acceptance", "acceptance", 1, 2, false),
  IMAGE_GRADIENTS("image-gradients", "image_gradients", 1, 0, true),
  UPDATES("updates", "updates", 1, 0, true),
  SECONDS("seconds", "training_seconds", 1, 1, true);

  private final String title;
  private final String field;
  private final double scale;
  private final int digits;
  private final boolean isSummed;

  Measure(String title, String field, double scale, int digits, boolean isSummed) {
    this.title = title;
    this.field = field;
    this.scale = scale;
    this.digits = digits;
    this.isSummed = isSummed;
  }

  /** Heading of the column, with the unit. */
  public String title() {
    return title;
  }

  /** Its name in files. */
  @JsonKey
  public String field() {
    return field;
  }

  /** Whether a run's figure is the sum over its passes, the start among them. */
  boolean isSummed() {
    return isSummed;
  }

  /**
   * The figure after a pass, in the unit of files; NaN where it was not measured.
   *
   * @param passes lines of metrics.jsonl
   */
  double after(int pass, List<JsonNode> passes) {
    return isSummed
        ? passes.stream().limit(pass + 1L).mapToDouble(line -> of(line, "")).sum()
        : of(passes.get(pass), "");
  }

  /** The figure in a line under a prefix such as {@code real_}; NaN where it is not there. */
  double of(JsonNode line, String prefix) {
    return line.path(prefix + field).asDouble(Double.NaN);
  }

  /** A value in the unit of the heading. */
  double scaled(double value) {
    return scale * value;
  }

  /** A value for people, in the unit of the heading. */
  String text(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f", scaled(value));
  }
}
