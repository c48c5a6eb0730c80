package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.kernels.Affine;

/**
 * The same quarter of a megabyte again and again lies in a cache, which is what a benchmark does
 * and a program does not.
 */
public class Sample04WarmCaches extends DeviceSample {
  private static final int ELEMENTS = 1 << 16;

  /** 1 is the wrong way; all of 512 buffers, 128 MiB, are in no cache. */
  @Param({"1", "512"})
  public int buffers;

  private Launch[] kernels;
  private int next;

  @Override
  protected void prepare() {
    kernels = new Launch[buffers];
    for (int index = 0; index < buffers; index++) {
      DeviceMemory x = numbers(ELEMENTS, 1);
      kernels[index] = Affine.apply(x.address(), x.address(), ELEMENTS, 1, 0).bind(device);
    }
  }

  /** Reads and writes one buffer. */
  @Benchmark
  public void pass() {
    kernels[next].enqueue(device.stream());
    device.synchronize();
    next = (next + 1) % buffers;
  }
}
