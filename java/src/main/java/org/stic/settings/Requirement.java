package org.stic.settings;

/** Checks of settings; each message names the setting and what would be right. */
public final class Requirement {

  private Requirement() {}

  /** Requires {@code value >= least}. */
  public static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new ConfigurationException(
          "%s must be at least %d, not %d".formatted(name, least, value));
    }
  }

  /** Requires a positive finite number. */
  public static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ConfigurationException(name + " must be a positive number, not " + value);
    }
  }

  /** Requires {@code least <= value <= most}. */
  public static void between(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ConfigurationException(
          "%s must be between %s and %s, not %s".formatted(name, least, most, value));
    }
  }

  /** Requires that a setting is there. */
  public static void notNull(String name, Object value) {
    if (value == null) {
      throw new ConfigurationException(name + " is missing");
    }
  }
}
