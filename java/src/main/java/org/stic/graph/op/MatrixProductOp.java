package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/**
 * C = scale * op(A) op(B) with op the identity or the transpose. Operands are [rows x columns] or
 * [batch x rows x columns]; one without a batch axis is shared by the whole batch of the other.
 */
public record MatrixProductOp(
    Tensor a, Tensor b, boolean transposeA, boolean transposeB, float scale) implements Op {

  public MatrixProductOp {
    Require.that(
        isMatrix(a)
            && isMatrix(b)
            && inner(a, transposeA) == rows(b, transposeB)
            && batchesAgree(a, b),
        "matmul: %s%s and %s%s do not multiply; inner axes and batch axes must be equal",
        a.shape(),
        transposeA ? " transposed" : "",
        b.shape(),
        transposeB ? " transposed" : "");
  }

  private static boolean isMatrix(Tensor tensor) {
    return tensor.shape().rank() == 2 || tensor.shape().rank() == 3;
  }

  private static boolean isShared(Tensor tensor) {
    return tensor.shape().rank() == 2;
  }

  private static boolean batchesAgree(Tensor a, Tensor b) {
    return isShared(a) || isShared(b) || a.shape().dim(0) == b.shape().dim(0);
  }

  private static int rows(Tensor tensor, boolean transposed) {
    return tensor.shape().dim(transposed ? -1 : -2);
  }

  private static int inner(Tensor tensor, boolean transposed) {
    return rows(tensor, !transposed);
  }

  private boolean isBatched() {
    return !isShared(a) || !isShared(b);
  }

  private int batch() {
    return !isBatched() ? 1 : isShared(a) ? b.shape().dim(0) : a.shape().dim(0);
  }

  @Override
  public Shape shape() {
    int rows = rows(a, transposeA);
    int columns = inner(b, transposeB);
    return isBatched() ? Shape.of(batch(), rows, columns) : Shape.of(rows, columns);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(a, () -> Ops.sumTo(gradientOfFirst(upstream), a.shape()));
    backward.to(b, () -> Ops.sumTo(gradientOfSecond(upstream), b.shape()));
  }

  private Tensor gradientOfFirst(Tensor upstream) {
    return transposeA
        ? Ops.matmul(b, upstream, transposeB, true, scale)
        : Ops.matmul(upstream, b, false, !transposeB, scale);
  }

  private Tensor gradientOfSecond(Tensor upstream) {
    return transposeB
        ? Ops.matmul(upstream, a, true, transposeA, scale)
        : Ops.matmul(a, upstream, !transposeA, false, scale);
  }

  @Override
  public void emit(Emission emission) {
    MatrixShape product =
        new MatrixShape(
            batch(),
            rows(a, transposeA),
            inner(b, transposeB),
            inner(a, transposeA),
            transposeA,
            transposeB,
            isBatched() && isShared(a),
            isBatched() && isShared(b));
    emission.call(
        MatrixProduct.product(
            emission.output(), emission.address(a), emission.address(b), product, scale));
  }
}
