package org.stic.kernels;

import static org.stic.kernels.Argument.integer;
import static org.stic.kernels.Argument.longInteger;
import static org.stic.kernels.Argument.pointer;
import static org.stic.kernels.Argument.real;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.VendorTask;

/** Products of batches of matrices (kernels/dense/matrix_product.cu). */
public final class MatrixProduct {
  private MatrixProduct() {}

  /** {@code C[b] = scale * op(A[b]) op(B[b])}. */
  public static KernelCall product(long c, long a, long b, MatrixShape shape, float scale) {
    long strideA = shape.sharedA() ? 0 : (long) shape.rows() * shape.inner();
    long strideB = shape.sharedB() ? 0 : (long) shape.inner() * shape.columns();
    VendorTask task =
        new VendorTask.Product(
            c,
            a,
            b,
            shape.batch(),
            shape.rows(),
            shape.columns(),
            shape.inner(),
            shape.transposeA(),
            shape.transposeB(),
            strideA,
            strideB,
            scale);
    KernelCall call =
        new KernelCall(
            name(shape),
            shape.columns(),
            shape.rows(),
            shape.batch(),
            List.of(
                pointer(c),
                pointer(a),
                pointer(b),
                integer(shape.rows()),
                integer(shape.columns()),
                integer(shape.inner()),
                longInteger(strideA),
                longInteger(strideB),
                real(scale)),
            Cost.ofFloats(
                shape.elementsOfA() + shape.elementsOfB() + shape.elementsOfC(),
                2 * shape.elementsOfC() * shape.inner()));
    return TensorRungs.product(call.orTask(task), shape);
  }

  private static String name(MatrixShape shape) {
    return "matrix_product_%c%c"
        .formatted(shape.transposeA() ? 't' : 'n', shape.transposeB() ? 't' : 'n');
  }

  static List<KernelDescription> kernels() {
    List<KernelDescription> kernels =
        new ArrayList<>(
            List.of(
                description("nn", "A[b] B[b]"),
                description("nt", "A[b] B[b]ᵀ"),
                description("tn", "A[b]ᵀ B[b]"),
                description("tt", "A[b]ᵀ B[b]ᵀ")));
    KernelDescription all = description("", "op(A[b]) op(B[b])");
    kernels.addAll(TensorRungs.describe(all, "matrix_product", false));
    return kernels;
  }

  private static KernelDescription description(String transposes, String product) {
    return new KernelDescription(
        "matrix_product_" + transposes,
        "dense",
        "C[b] = scale " + product,
        "4 (|A| + |B| + |C|) B, 2 |C| inner",
        Tolerance::ofSum);
  }
}
