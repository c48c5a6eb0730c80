package org.stic.bench.result;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sleeps for a known time. */
@State(Scope.Thread)
public class SleepingBenchmark {
  @Param({"7"})
  public int size;

  @Benchmark
  public void sleep(Work work) throws InterruptedException {
    Thread.sleep(2);
    work.gigabytes += 1e-9 * size;
    work.gigaflops += 2e-9 * size;
    work.drawings += 1;
  }

  /** Counts as the suite's benchmarks do. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public double gigabytes;
    public double gigaflops;
    public double drawings;

    @Setup(Level.Iteration)
    public void clear() {
      gigabytes = 0;
      gigaflops = 0;
      drawings = 0;
    }
  }
}
