package org.stic.bench.profile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The options behind a profiler's name: {@code name=value} with semicolons between, as JMH has it.
 */
final class OptionLine {
  private final Map<String, String> values;

  private OptionLine(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Takes a line apart.
   *
   * @param known names that may occur, with commas
   * @throws IllegalArgumentException if another name occurs, or one twice or without a value
   */
  static OptionLine parse(String line, String known) {
    List<String> names = Arrays.asList(known.split(", "));
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : line.isBlank() ? new String[0] : line.split(";")) {
      int equals = option.indexOf('=');
      String name = (equals < 0 ? option : option.substring(0, equals)).strip();
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "unknown option '%s'; known are %s".formatted(name, known));
      }
      if (equals < 0 || option.substring(equals + 1).isBlank()) {
        throw new IllegalArgumentException(
            "option '%s' needs a value: %s=...".formatted(name, name));
      }
      if (values.put(name, option.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("option '%s' is given twice".formatted(name));
      }
    }
    return new OptionLine(values);
  }

  String text(String name, String standard) {
    return values.getOrDefault(name, standard);
  }

  boolean truth(String name, boolean standard) {
    return switch (values.get(name)) {
      case null -> standard;
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  /** A whole number of at least 1. */
  long count(String name, long standard) {
    String value = values.get(name);
    if (value == null) {
      return standard;
    }
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw wrong(name, "a whole number of at least 1");
    }
    return Long.parseLong(value);
  }

  /** Bytes, also in K, M or G of 1024. */
  long bytes(String name, long standard) {
    String value = values.get(name);
    if (value == null) {
      return standard;
    }
    if (!value.toUpperCase(Locale.ROOT).matches("[1-9][0-9]{0,8}[KMG]?")) {
      throw wrong(name, "a number of bytes such as 64M");
    }
    int power = "KMG".indexOf(Character.toUpperCase(value.charAt(value.length() - 1))) + 1;
    String digits = power == 0 ? value : value.substring(0, value.length() - 1);
    return Long.parseLong(digits) << (10 * power);
  }

  /** A positive number. */
  double amount(String name, double standard) {
    String value = values.get(name);
    if (value == null) {
      return standard;
    }
    if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") || Double.parseDouble(value) == 0) {
      throw wrong(name, "a number above 0");
    }
    return Double.parseDouble(value);
  }

  OptionalDouble optionalAmount(String name) {
    return values.containsKey(name) ? OptionalDouble.of(amount(name, 0)) : OptionalDouble.empty();
  }

  /** A number from above 0 to 1, also in percent. */
  double share(String name, double standard) {
    String value = values.get(name);
    if (value == null) {
      return standard;
    }
    boolean percent = value.endsWith("%");
    String digits = percent ? value.substring(0, value.length() - 1) : value;
    if (digits.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      double share = Double.parseDouble(digits) / (percent ? 100 : 1);
      if (share > 0 && share <= 1) {
        return share;
      }
    }
    throw wrong(name, "a share such as 0.5% or 0.005");
  }

  private IllegalArgumentException wrong(String name, String right) {
    return new IllegalArgumentException(
        "option '%s' must be %s, not '%s'".formatted(name, right, values.get(name)));
  }
}
