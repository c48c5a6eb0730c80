package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.kernels.Affine;

/**
 * A short kernel by the host's clock: each wait costs more than the kernel. What a single kernel
 * takes on the device is asked of the device's own events, {@code -prof device}.
 */
public class Sample03HostClock extends DeviceSample {
  private static final int ELEMENTS = 1024;
  private static final int MANY = 1000;

  private Launch kernel;

  @Override
  protected void prepare() {
    DeviceMemory x = numbers(ELEMENTS, 1);
    kernel = Affine.apply(x.address(), x.address(), ELEMENTS, 1, 0).bind(device);
  }

  /** Wrong: a launch, a kernel and a wait. */
  @Benchmark
  public void wrong() {
    kernel.enqueue(device.stream());
    device.synchronize();
  }

  /** Better: one wait for a thousand kernels; still with their launches where those are slower. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public void better() {
    for (int launch = 0; launch < MANY; launch++) {
      kernel.enqueue(device.stream());
    }
    device.synchronize();
  }

  /** Leaves nothing behind for the next iteration to wait for. */
  @TearDown(Level.Iteration)
  public void drain() {
    device.synchronize();
  }
}
