package org.stic.training;

/** Checks of settings; each message names the setting and what would be right. */
final class Requirement {

  private Requirement() {}

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new ConfigurationException(
          "%s must be at least %d, not %d".formatted(name, least, value));
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ConfigurationException(name + " must be a positive number, not " + value);
    }
  }

  static void between(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ConfigurationException(
          "%s must be between %s and %s, not %s".formatted(name, least, most, value));
    }
  }

  static void notNull(String name, Object value) {
    if (value == null) {
      throw new ConfigurationException(name + " is missing");
    }
  }
}
