package org.stic.kernels;

/**
 * Sizes of {@code batch} products {@code C = op(A) op(B)} of row-major, packed matrices.
 *
 * @param rows rows of {@code op(A)} and C
 * @param columns columns of {@code op(B)} and C
 * @param inner columns of {@code op(A)}, rows of {@code op(B)}: the terms of one element of C
 * @param transposeA A is stored as {@code inner x rows}
 * @param transposeB B is stored as {@code columns x inner}
 * @param sharedA one A for all products of the batch
 * @param sharedB one B for all products of the batch
 */
public record MatrixShape(
    int batch,
    int rows,
    int columns,
    int inner,
    boolean transposeA,
    boolean transposeB,
    boolean sharedA,
    boolean sharedB) {

  /** Checks the sizes. */
  public MatrixShape {
    Sizes.positive("batch", batch);
    Sizes.positive("rows", rows);
    Sizes.positive("columns", columns);
    Sizes.positive("inner", inner);
    Sizes.indexable("matrix A", rows, inner);
    Sizes.indexable("matrix B", inner, columns);
    Sizes.indexable("matrix C", rows, columns);
  }

  /** Elements of all matrices A. */
  public long elementsOfA() {
    return (sharedA ? 1L : batch) * rows * inner;
  }

  /** Elements of all matrices B. */
  public long elementsOfB() {
    return (sharedB ? 1L : batch) * inner * columns;
  }

  /** Elements of all matrices C. */
  public long elementsOfC() {
    return (long) batch * rows * columns;
  }
}
