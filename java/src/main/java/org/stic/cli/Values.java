package org.stic.cli;

import java.nio.file.Files;
import java.nio.file.Path;
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

  /**
   * Requires a number that is not too small.
   *
   * @throws UsageException that names the option
   */
  static void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new UsageException("%s must be at least %d, not %d".formatted(option, least, value));
    }
  }

  /**
   * Requires a file that is there.
   *
   * @throws UsageException that names the option
   */
  static void requireFile(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "%s %s does not exist: name a safetensors file".formatted(option, file));
    }
  }

  /** A number, or NaN where the text is none. */
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
