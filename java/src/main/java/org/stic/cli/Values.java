package org.stic.cli;

import java.util.List;

/** Checks of words that the user wrote. */
final class Values {
  private Values() {}

  /**
   * Requires one of the known words.
   *
   * @throws UsageException that lists them
   */
  static void requireKnown(String what, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new UsageException(
          "unknown %s '%s'; known are %s".formatted(what, value, String.join(", ", known)));
    }
  }
}
