package org.stic.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.MathMode;
import org.stic.kernels.KernelCall;

/**
 * A benchmark of kernel calls: one operation enqueues the calls and waits for them. Bytes and
 * floating-point operations are those of {@link KernelCall#cost()}; a trial whose result is wrong
 * is an error.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {
  private Workbench workbench;

  /** Makes the operands, and the calls to be measured. */
  abstract List<KernelCall> prepare(Workbench bench);

  /** Throws unless the calls have left the right result. */
  abstract void verify();

  /** Opens the device that {@code -Dstic.device} names. */
  @Setup
  public final void open() {
    workbench = new Workbench();
    workbench.measure(math(), prepare(workbench));
  }

  /** The arithmetic of products. */
  MathMode math() {
    return MathMode.FP32;
  }

  /** Runs the calls once more, checks what they leave, and closes the device. */
  @TearDown
  public final void close() {
    try (Workbench bench = workbench) {
      bench.nanosecondsOf(1);
      verify();
    }
  }

  /** Runs the calls once and waits for them. */
  final void run(Rates rates) {
    workbench.run(rates);
  }
}
