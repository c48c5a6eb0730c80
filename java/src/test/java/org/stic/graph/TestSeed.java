package org.stic.graph;

/**
 * The seed of all random test data: fixed, or given by {@code -Dtests.seed=} to replay a failure
 * elsewhere.
 */
final class TestSeed {

  private TestSeed() {}

  static long value() {
    String given = System.getProperty("tests.seed", "");
    return given.isBlank() ? 20260101 : Long.parseLong(given);
  }
}
