package org.stic.bench.peer;

import java.util.List;
import org.stic.kernels.Gram;
import org.stic.kernels.MatrixProduct;
import org.stic.kernels.MatrixShape;

/** Dense products of one kernel: {@code C = A B}, and Gram matrices {@code G = F F^T / P}. */
final class ProductSubjects {
  private static final double TOLERANCE = 1e-5;

  private ProductSubjects() {}

  /** The product of two square matrices. */
  static Subject matrix(int size) {
    int elements = Math.multiplyExact(size, size);
    MatrixShape shape = new MatrixShape(1, size, size, size, false, false, false, false);
    return new KernelSubject(
        "matrix-product:" + size,
        List.of(Operand.normal("a", 1, 1, size, size), Operand.normal("b", 2, 1, size, size)),
        elements,
        new float[0],
        (result, in, _) -> List.of(MatrixProduct.product(result, in[0], in[1], shape, 1)),
        in -> {
          float[] a = in.get(0);
          float[] b = in.get(1);
          return Check.sampled(
              elements, i -> dot(a, i / size * size, 1, b, i % size, size, size), TOLERANCE);
        });
  }

  /** Gram matrices of a batch of maps. */
  static Subject gram(int batch, int channels, int positions) {
    int square = Math.multiplyExact(channels, channels);
    int elements = Math.multiplyExact(batch, square);
    float scale = 1f / positions;
    return new KernelSubject(
        "gram-value:%dx%dx%d".formatted(batch, channels, positions),
        List.of(Operand.normal("features", 1, 1, batch, channels, positions)),
        elements,
        new float[0],
        (result, in, _) -> List.of(Gram.matrix(result, in[0], batch, channels, positions, scale)),
        in -> Check.sampled(elements, i -> gram(in.getFirst(), i, channels, positions), TOLERANCE));
  }

  private static double gram(float[] features, int index, int channels, int positions) {
    int item = index / (channels * channels);
    int row = item * channels + index / channels % channels;
    int column = item * channels + index % channels;
    return dot(features, row * positions, 1, features, column * positions, 1, positions)
        / positions;
  }

  private static double dot(
      float[] a, int fromA, int strideA, float[] b, int fromB, int strideB, int terms) {
    double sum = 0;
    for (int term = 0; term < terms; term++) {
      sum += (double) a[fromA + term * strideA] * b[fromB + term * strideB];
    }
    return sum;
  }
}
