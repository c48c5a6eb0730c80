package org.stic.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stic.cuda.DeviceMemory;
import org.stic.cuda.MathMode;
import org.stic.kernels.KernelCall;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/** How fast is the dense product of square matrices, in each form of transposition? */
@Smoke({"size=33", "math=FP32,TF32,BF16,TF32X3"})
public class Bench06DenseProduct extends KernelBenchmark {

  /** Which of the two matrices is stored transposed. */
  public enum Storage {
    NN(false, false),
    NT(false, true),
    TN(true, false);

    private final boolean transposeA;
    private final boolean transposeB;

    Storage(boolean transposeA, boolean transposeB) {
      this.transposeA = transposeA;
      this.transposeB = transposeB;
    }
  }

  @Param({"256", "1024"})
  public int size;

  @Param public Storage form;

  /** The arithmetic of the products; where no kernel has it, the one that serves is told. */
  @Param("FP32")
  public MathMode math;

  private DeviceMemory a;
  private DeviceMemory b;
  private DeviceMemory product;

  /** C = op(A) op(B). */
  @Override
  List<KernelCall> prepare(Workbench bench) {
    long elements = (long) size * size;
    a = bench.normals(elements, 1);
    b = bench.normals(elements, 2);
    product = bench.buffer(Float.BYTES * elements);
    MatrixShape shape =
        new MatrixShape(1, size, size, size, form.transposeA, form.transposeB, false, false);
    return List.of(MatrixProduct.product(product.address(), a.address(), b.address(), shape, 1));
  }

  @Override
  MathMode math() {
    return math;
  }

  @Benchmark
  public void product(Rates rates) {
    run(rates);
  }

  /** Checks the last element of C. */
  @Override
  void verify() {
    float[] left = a.downloadFloats();
    float[] right = b.downloadFloats();
    float[] values = product.downloadFloats();
    int last = size - 1;
    double sum = 0;
    for (int k = 0; k < size; k++) {
      double leftTerm = left[form.transposeA ? k * size + last : last * size + k];
      double rightTerm = right[form.transposeB ? last * size + k : k * size + last];
      sum += leftTerm * rightTerm;
    }
    Workbench.verify(
        "C's last element", values[values.length - 1], sum, Workbench.rounding(math, size));
  }
}
