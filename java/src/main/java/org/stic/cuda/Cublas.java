package org.stic.cuda;

import org.stic.cuda.VendorTask.Product;

/** The one function of cuBLAS that is used, with column-major matrices as cuBLAS has them. */
interface Cublas extends AutoCloseable {

  /**
   * {@code C[i] = alpha op(A[i]) op(B[i])}, all column-major.
   *
   * @param m rows of C and op(A)
   * @param n columns of C and op(B)
   * @param k columns of op(A), rows of op(B)
   * @param lda elements between two columns of A as it is stored; so ldb, ldc
   */
  void gemm(
      Stream stream,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      long c,
      int ldc,
      long strideC,
      int batch);

  /** The library's version. */
  int version();

  @Override
  void close();

  /**
   * A row-major product. A row-major matrix is the transpose of the column-major one in the same
   * memory, so the product is asked for as {@code C' = op(B)' op(A)'}, with the operands exchanged.
   */
  default DeviceWork product(Product task) {
    int lda = task.transposeA() ? task.rows() : task.inner();
    int ldb = task.transposeB() ? task.inner() : task.columns();
    return stream ->
        gemm(
            stream,
            task.transposeB(),
            task.transposeA(),
            task.columns(),
            task.rows(),
            task.inner(),
            task.scale(),
            task.b(),
            ldb,
            task.strideB(),
            task.a(),
            lda,
            task.strideA(),
            task.c(),
            task.columns(),
            (long) task.rows() * task.columns(),
            task.batch());
  }
}
