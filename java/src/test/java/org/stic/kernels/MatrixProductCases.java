package org.stic.kernels;

import java.util.List;
import java.util.stream.Stream;

/** Matrix products with every combination of transposes, in batches and with shared operands. */
final class MatrixProductCases {
  /** Rows, columns, inner. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1, 1},
          new int[] {31, 33, 127},
          new int[] {127, 31, 33},
          new int[] {1, 127, 31},
          new int[] {33, 1, 2},
          new int[] {5, 12, 576},
          new int[] {130, 129, 7});

  static final float SCALE = 0.75f;

  private MatrixProductCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(row(false, false), row(false, true), row(true, false), row(true, true));
  }

  private static KernelCase row(boolean transposeA, boolean transposeB) {
    return new KernelCase(
        kernel(transposeA, transposeB),
        "batched and shared",
        rig -> {
          for (int[] size : SIZES) {
            test(rig, shape(size, 1, transposeA, transposeB, false, false));
            test(rig, shape(size, 3, transposeA, transposeB, true, false));
            test(rig, shape(size, 2, transposeA, transposeB, false, true));
          }
        });
  }

  private static MatrixShape shape(
      int[] size,
      int batch,
      boolean transposeA,
      boolean transposeB,
      boolean sharedA,
      boolean sharedB) {
    return new MatrixShape(
        batch, size[0], size[1], size[2], transposeA, transposeB, sharedA, sharedB);
  }

  private static void test(KernelRig rig, MatrixShape shape) {
    try (KernelRig.Scope _ = rig.scope()) {
      TestBuffer a = rig.uniform(shape.elementsOfA(), -1, 1);
      TestBuffer b = rig.uniform(shape.elementsOfB(), -1, 1);
      TestBuffer c = rig.poisoned(shape.elementsOfC());
      rig.run(MatrixProduct.product(c.address(), a.address(), b.address(), shape, SCALE));
      product(shape, a.floats(), b.floats())
          .expect(c, kernel(shape.transposeA(), shape.transposeB()), shape.inner());
    }
  }

  /** The products of a batch, times the scale. */
  static SumOracle product(MatrixShape shape, float[] a, float[] b) {
    SumOracle oracle = new SumOracle(shape.elementsOfC());
    for (int n = 0, at = 0; n < shape.batch(); n++) {
      for (int i = 0; i < shape.rows(); i++) {
        for (int j = 0; j < shape.columns(); j++, at++) {
          for (int k = 0; k < shape.inner(); k++) {
            oracle.add(
                at, (double) SCALE * a[indexOfA(shape, n, i, k)] * b[indexOfB(shape, n, k, j)]);
          }
        }
      }
    }
    return oracle;
  }

  private static int indexOfA(MatrixShape shape, int n, int i, int k) {
    int first = shape.sharedA() ? 0 : n * shape.rows() * shape.inner();
    return first + (shape.transposeA() ? k * shape.rows() + i : i * shape.inner() + k);
  }

  private static int indexOfB(MatrixShape shape, int n, int k, int j) {
    int first = shape.sharedB() ? 0 : n * shape.inner() * shape.columns();
    return first + (shape.transposeB() ? j * shape.inner() + k : k * shape.columns() + j);
  }

  private static String kernel(boolean transposeA, boolean transposeB) {
    return "matrix_product_" + (transposeA ? 't' : 'n') + (transposeB ? 't' : 'n');
  }
}
