package org.stic.comparison;

import com.fasterxml.jackson.annotation.JsonKey;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.stic.metrics.ClassPath;

/** A column of the table of ways between two classes. */
public enum PathMeasure {
  RANK_CORRELATION("rank correlation (1)", ClassPath::rankCorrelation),
  MONOTONE_STEPS("monotone steps (1)", ClassPath::monotoneSteps),
  DEVIATION("deviation from the weights (0)", ClassPath::deviation),
  ROUGHNESS("roughness (0)", ClassPath::roughness),
  MASS("share of the two classes (1)", ClassPath::mass);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a method of a record
  private final ToDoubleFunction<ClassPath> value;

  PathMeasure(String title, ToDoubleFunction<ClassPath> value) {
    this.title = title;
    this.value = value;
  }

  /** Heading of the column, with the value of a perfect way. */
  public String title() {
    return title;
  }

  /** Its name in files. */
  @JsonKey
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  double of(ClassPath path) {
    return value.applyAsDouble(path);
  }
}
