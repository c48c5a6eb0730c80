package org.stic.kernels;

import java.util.function.LongConsumer;

/**
 * Seeds of random test inputs: a function of the test's name, or what -Dtests.seed says; named when
 * a test fails.
 */
final class TestSeed {

  private TestSeed() {}

  /** Runs a test with its seed. */
  static void with(String test, LongConsumer body) {
    String given = System.getProperty("tests.seed", "");
    long seed = given.isEmpty() ? test.hashCode() : Long.parseLong(given);
    try {
      body.accept(seed);
    } catch (AssertionError | RuntimeException failure) {
      failure.addSuppressed(new AssertionError("to replay this failure: -Dtests.seed=" + seed));
      throw failure;
    }
  }
}
