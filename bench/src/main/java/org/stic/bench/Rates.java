package org.stic.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.stic.kernels.Cost;

/**
 * What an iteration has done, in units of 10^9. JMH divides by the iteration's seconds and prints
 * GB/s and GFLOP/s beside the calls per second. Bytes and operations are those that the call's
 * definition needs, see {@link Cost}.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Rates {
  public double gigabytes;
  public double gigaflops;

  /** Starts an iteration. */
  @Setup(Level.Iteration)
  public void clear() {
    gigabytes = 0;
    gigaflops = 0;
  }

  void add(Cost cost) {
    gigabytes += 1e-9 * cost.bytes();
    gigaflops += 1e-9 * cost.flops();
  }
}
