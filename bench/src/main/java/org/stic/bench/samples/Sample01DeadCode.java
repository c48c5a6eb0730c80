package org.stic.bench.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Work whose result nobody takes is left out by the compiler. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class Sample01DeadCode {
  private static final int TERMS = 100;

  private double x = 0.5;

  /** Wrong: what is measured is an empty method. */
  @Benchmark
  public void wrong() {
    series();
  }

  /** Right: JMH takes the result and does something with it that the compiler cannot see. */
  @Benchmark
  public double right() {
    return series();
  }

  /** 1 + x + x^2 + ... */
  private double series() {
    double sum = 0;
    for (int term = 0; term < TERMS; term++) {
      sum = sum * x + 1;
    }
    return sum;
  }
}
