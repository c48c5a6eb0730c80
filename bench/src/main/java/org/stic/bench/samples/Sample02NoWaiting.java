package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.cuda.SimtControl;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/**
 * A launch only puts work into a queue. The CPU's driver computes at once unless it is told to be
 * as late as a GPU, which this sample does.
 */
@BenchmarkMode(Mode.SampleTime)
public class Sample02NoWaiting extends DeviceSample {
  private static final int SIZE = 256;
  private static final int QUEUE = 64;

  private Launch product;
  private int queued;

  @Override
  protected void prepare() {
    if (!device.isGpu()) {
      SimtControl.of(device).setLate(true);
    }
    DeviceMemory a = numbers(SIZE * SIZE, 1);
    DeviceMemory c = numbers(SIZE * SIZE, 0);
    MatrixShape shape = new MatrixShape(1, SIZE, SIZE, SIZE, false, false, false, false);
    product = MatrixProduct.product(c.address(), a.address(), a.address(), shape, 1).bind(device);
  }

  /** Wrong: the time to note down what is to be done; now and then somebody must wait for all. */
  @Benchmark
  public void wrong() {
    product.enqueue(device.stream());
    if (++queued % QUEUE == 0) {
      device.synchronize();
    }
  }

  /** Right: the product is there when the method ends. */
  @Benchmark
  public void right() {
    product.enqueue(device.stream());
    device.synchronize();
  }
}
