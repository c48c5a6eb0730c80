package org.stic.bench.result;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Conditions of the records' fields; their names are those of the file. */
final class Require {
  private Require() {}

  /** The value, which must be there. */
  static <T> T present(String field, T value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + field + "' is missing");
    }
    return value;
  }

  /** The text, which must be there and say something. */
  static String text(String field, String value) {
    if (present(field, value).isBlank()) {
      throw new IllegalArgumentException("'" + field + "' is empty");
    }
    return value;
  }

  /** The number, which must be finite and not below zero. */
  static double amount(String field, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "'%s' is %s, but must be a finite number of at least 0".formatted(field, value));
    }
    return value;
  }

  /** The count, which must not be below zero. */
  static long count(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "'%s' is %d, but must be at least 0".formatted(field, value));
    }
    return value;
  }

  /** The collection, which must be there and hold nothing that is null. */
  static <C extends Collection<?>> C elements(String field, C values) {
    if (present(field, values).stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("'" + field + "' holds null");
    }
    return values;
  }

  /** An unmodifiable copy of the texts in the order of their names. */
  static Map<String, String> texts(String field, Map<String, String> values) {
    elements(field, present(field, values).values());
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** An unmodifiable copy of the numbers, each finite and not below zero. */
  static List<Double> amounts(String field, List<Double> values) {
    for (int place = 0; place < elements(field, values).size(); place++) {
      amount("%s[%d]".formatted(field, place), values.get(place));
    }
    return List.copyOf(values);
  }
}
