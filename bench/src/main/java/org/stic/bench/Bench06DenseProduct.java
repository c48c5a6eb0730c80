package org.stic.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stic.cuda.DeviceMemory;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/** How fast is the dense product of square matrices, in each form of transposition? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class Bench06DenseProduct {
  @Param({"256", "1024"})
  public int size;

  @Param({"NN", "NT", "TN"})
  public String form;

  private Workbench workbench;
  private DeviceMemory product;
  private double expected;

  /** Prepares C = op(A) op(B). */
  @Setup
  public void open() {
    workbench = new Workbench();
    boolean transposeA = form.charAt(0) == 'T';
    boolean transposeB = form.charAt(1) == 'T';
    long elements = (long) size * size;
    DeviceMemory a = workbench.normals(elements, 1);
    DeviceMemory b = workbench.normals(elements, 2);
    product = workbench.buffer(Float.BYTES * elements);
    MatrixShape shape = new MatrixShape(1, size, size, size, transposeA, transposeB, false, false);
    workbench.measure(
        List.of(MatrixProduct.product(product.address(), a.address(), b.address(), shape, 1)));
    expected = corner(a.downloadFloats(), transposeA, b.downloadFloats(), transposeB);
  }

  @Benchmark
  public void product(Rates rates) {
    workbench.run(rates);
  }

  /** Checks the last element of C. */
  @TearDown
  public void verify() {
    float[] values = product.downloadFloats();
    Workbench.verify("C's last element", values[values.length - 1], expected, 1e-5 * size);
    workbench.close();
  }

  private double corner(float[] a, boolean transposeA, float[] b, boolean transposeB) {
    int last = size - 1;
    double sum = 0;
    for (int k = 0; k < size; k++) {
      double left = a[transposeA ? k * size + last : last * size + k];
      double right = b[transposeB ? last * size + k : k * size + last];
      sum += left * right;
    }
    return sum;
  }
}
