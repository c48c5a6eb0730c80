package org.stic.model;

/** The seed of random tests: a property, so that a failure can be repeated. */
final class TestSeed {

  private TestSeed() {}

  static long value() {
    String given = System.getProperty("tests.seed", "");
    return given.isBlank() ? 20260101 : Long.parseLong(given);
  }
}
