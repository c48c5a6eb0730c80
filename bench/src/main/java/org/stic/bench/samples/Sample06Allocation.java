package org.stic.bench.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.kernels.Affine;

/** Preparing belongs into the setup; run with {@code -prof gc}, which counts bytes. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Sample06Allocation extends DeviceSample {
  private DeviceMemory x;
  private Launch prepared;

  @Override
  protected void prepare() {
    x = numbers(1, 1);
    prepared = Affine.apply(x.address(), x.address(), 1, 1, 0).bind(device);
  }

  /** Wrong: looks up the kernel and makes its arguments each time. */
  @Benchmark
  public void wrong() {
    Affine.apply(x.address(), x.address(), 1, 1, 0).bind(device).enqueue(device.stream());
  }

  /** Right: only the launch. */
  @Benchmark
  public void right() {
    prepared.enqueue(device.stream());
  }
}
