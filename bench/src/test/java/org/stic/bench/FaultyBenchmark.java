package org.stic.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark whose result is always wrong. */
@State(Scope.Thread)
@Smoke
public class FaultyBenchmark {
  static final String SENTENCE = "the result is wrong";

  @Benchmark
  public int nothing() {
    return 0;
  }

  /** Never content. */
  @TearDown
  public void verify() {
    throw new IllegalStateException(SENTENCE);
  }
}
