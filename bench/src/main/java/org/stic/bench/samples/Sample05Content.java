package org.stic.bench.samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.Launch;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/**
 * The same product of different numbers. Zeros switch few transistors, so that a GPU draws less
 * power and keeps a higher clock; numbers below 1.2e-38 can be slow on a CPU.
 */
public class Sample05Content extends DeviceSample {
  private static final int SIZE = 512;

  /** What is in the matrices. */
  public enum Numbers {
    /** Wrong. */
    ZEROS(0),
    /** Right: what networks compute with. */
    NORMAL(1),
    /** What a chain that dies out may come to. */
    DENORMAL(1e-41f);

    private final float factor;

    Numbers(float factor) {
      this.factor = factor;
    }
  }

  @Param public Numbers numbers;

  private Launch product;

  @Override
  protected void prepare() {
    DeviceMemory a = numbers(SIZE * SIZE, numbers.factor);
    DeviceMemory b = numbers(SIZE * SIZE, 1);
    DeviceMemory c = numbers(SIZE * SIZE, 0);
    MatrixShape shape = new MatrixShape(1, SIZE, SIZE, SIZE, false, false, false, false);
    product = MatrixProduct.product(c.address(), a.address(), b.address(), shape, 1).bind(device);
  }

  /** One product. */
  @Benchmark
  public void product() {
    product.enqueue(device.stream());
    device.synchronize();
  }
}
