package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.Affine;

/**
 * The first call loads classes, finds the kernel and is interpreted. Who waits for a program to
 * start asks for it; who asks for the kernel must not see it. Each of the five forks of {@code
 * first} gives one sample.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class Sample08FirstCall extends DeviceSample {
  private static final int ELEMENTS = 1024;
  private static final int WARM = 20_000;

  private DeviceMemory x;

  @Override
  protected void prepare() {
    x = numbers(ELEMENTS, 1);
  }

  /** The first call of a process. */
  @Benchmark
  @Fork(5)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void first() {
    call();
  }

  /** A later one. */
  @Benchmark
  @Warmup(iterations = 1, batchSize = WARM)
  @Measurement(iterations = 5)
  public void later() {
    call();
  }

  private void call() {
    Affine.apply(x.address(), x.address(), ELEMENTS, 1, 0).bind(device).enqueue(device.stream());
    device.synchronize();
  }
}
