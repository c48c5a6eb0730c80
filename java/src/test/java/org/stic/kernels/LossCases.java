package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Softmax and its relatives, cross-entropy and the Gram loss, row by row against double precision.
 */
final class LossCases {
  private record Size(int rows, int columns) {
    int elements() {
      return rows * columns;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1),
          new Size(3, 2),
          new Size(65, 10),
          new Size(33, 12),
          new Size(2, 127),
          new Size(5, 1025));

  private LossCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream()
        .flatMap(
            size ->
                Stream.of(
                    softmax(size),
                    logSoftmax(size),
                    logSumExp(size),
                    softmaxGradient(size),
                    crossEntropy(size),
                    crossEntropyGradient(size),
                    gramLoss(size),
                    gramLossGradient(size)));
  }

  private static KernelCase softmax(Size size) {
    return new KernelCase(
        "softmax",
        size.toString(),
        rig -> {
          TestBuffer x = logits(rig, size);
          TestBuffer y = rig.poisoned(size.elements());
          rig.run(Softmax.forward(y.address(), x.address(), size.rows, size.columns));
          Expect.near(rowwise(size, x, LossCases::softmax), y.floats(), tolerance("softmax", size));
        });
  }

  private static KernelCase logSoftmax(Size size) {
    return new KernelCase(
        "log_softmax",
        size.toString(),
        rig -> {
          TestBuffer x = logits(rig, size);
          double[] expected =
              rowwise(size, x, row -> Arrays.stream(row).map(z -> z - logSumExp(row)).toArray());
          double[] magnitude = Arrays.stream(expected).map(v -> Math.abs(v) + 1).toArray();
          rig.run(Softmax.logSoftmax(x.address(), x.address(), size.rows, size.columns));
          Expect.near(expected, magnitude, x.floats(), tolerance("log_softmax", size));
        });
  }

  private static KernelCase logSumExp(Size size) {
    return new KernelCase(
        "log_sum_exp",
        size.toString(),
        rig -> {
          TestBuffer x = logits(rig, size);
          TestBuffer y = rig.poisoned(size.rows);
          rig.run(Softmax.logSumExp(y.address(), x.address(), size.rows, size.columns));
          double[] expected = perRow(size, x, (row, r) -> logSumExp(row));
          double[] magnitude = Arrays.stream(expected).map(v -> Math.abs(v) + 1).toArray();
          Expect.near(expected, magnitude, y.floats(), tolerance("log_sum_exp", size));
        });
  }

  private static KernelCase softmaxGradient(Size size) {
    return new KernelCase(
        "softmax_gradient",
        size.toString(),
        rig -> {
          TestBuffer y = rig.uniform(size.elements(), 0, 1);
          TestBuffer dy = rig.uniform(size.elements(), -1, 1);
          TestBuffer dx = rig.poisoned(size.elements());
          rig.run(
              Softmax.gradient(dx.address(), dy.address(), y.address(), size.rows, size.columns));
          double[][] ys = matrix(size, y);
          double[][] dys = matrix(size, dy);
          double[] expected = new double[size.elements()];
          double[] magnitude = new double[size.elements()];
          for (int i = 0; i < expected.length; i++) {
            int r = i / size.columns;
            double inner = dot(ys[r], dys[r]);
            expected[i] = ys[r][i % size.columns] * (dys[r][i % size.columns] - inner);
            magnitude[i] = ys[r][i % size.columns] * (1 + absoluteDot(ys[r], dys[r]));
          }
          Expect.near(expected, magnitude, dx.floats(), tolerance("softmax_gradient", size));
        });
  }

  private static KernelCase crossEntropy(Size size) {
    return new KernelCase(
        "cross_entropy",
        size.toString(),
        rig -> {
          TestBuffer z = logits(rig, size);
          TestBuffer t = rig.uniform(size.elements(), 0, 1);
          TestBuffer loss = rig.poisoned(size.rows);
          rig.run(
              CrossEntropy.loss(loss.address(), z.address(), t.address(), size.rows, size.columns));
          double[][] targets = matrix(size, t);
          double[] expected =
              perRow(
                  size,
                  z,
                  (row, r) ->
                      dot(targets[r], Arrays.stream(row).map(x -> logSumExp(row) - x).toArray()));
          Expect.near(expected, loss.floats(), tolerance("cross_entropy", size));
        });
  }

  private static KernelCase crossEntropyGradient(Size size) {
    return new KernelCase(
        "cross_entropy_gradient",
        size.toString(),
        rig -> {
          TestBuffer z = logits(rig, size);
          TestBuffer t = rig.uniform(size.elements(), 0, 1);
          TestBuffer upstream = rig.uniform(size.rows, -2, 2);
          TestBuffer dz = rig.poisoned(size.elements());
          rig.run(
              CrossEntropy.gradient(
                  dz.address(),
                  upstream.address(),
                  z.address(),
                  t.address(),
                  size.rows,
                  size.columns));
          double[][] zs = matrix(size, z);
          double[][] ts = matrix(size, t);
          float[] u = upstream.floats();
          double[] expected = new double[size.elements()];
          double[] magnitude = new double[size.elements()];
          for (int i = 0; i < expected.length; i++) {
            int r = i / size.columns;
            double share = softmax(zs[r])[i % size.columns] * Arrays.stream(ts[r]).sum();
            expected[i] = u[r] * (share - ts[r][i % size.columns]);
            magnitude[i] = Math.abs(u[r]) * (share + ts[r][i % size.columns]);
          }
          Expect.near(expected, magnitude, dz.floats(), tolerance("cross_entropy_gradient", size));
        });
  }

  private static KernelCase gramLoss(Size size) {
    return new KernelCase(
        "gram_loss",
        size.toString(),
        rig -> {
          TestBuffer g = rig.uniform(size.elements(), -1, 1);
          TestBuffer t = rig.uniform(size.elements(), -1, 1);
          TestBuffer loss = rig.poisoned(size.rows);
          rig.run(GramLoss.loss(loss.address(), g.address(), t.address(), size.rows, size.columns));
          double[][] targets = matrix(size, t);
          double[] expected =
              perRow(
                  size,
                  g,
                  (row, r) -> {
                    double[] d = difference(row, targets[r]);
                    return dot(d, d);
                  });
          Expect.near(expected, loss.floats(), tolerance("gram_loss", size));
        });
  }

  private static KernelCase gramLossGradient(Size size) {
    return new KernelCase(
        "gram_loss_gradient",
        size.toString(),
        rig -> {
          TestBuffer g = rig.uniform(size.elements(), -1, 1);
          TestBuffer t = rig.uniform(size.elements(), -1, 1);
          TestBuffer upstream = rig.uniform(size.rows, -2, 2);
          double[][] gs = matrix(size, g);
          double[][] ts = matrix(size, t);
          rig.run(
              GramLoss.gradient(
                  g.address(),
                  upstream.address(),
                  g.address(),
                  t.address(),
                  size.rows,
                  size.columns));
          float[] u = upstream.floats();
          double[] expected = new double[size.elements()];
          Arrays.setAll(
              expected,
              i -> {
                int r = i / size.columns;
                double d = gs[r][i % size.columns] - ts[r][i % size.columns];
                return 2 * u[r] * d;
              });
          Expect.near(expected, g.floats(), tolerance("gram_loss_gradient", size));
        });
  }

  /**
   * Logits of which some rows are huge, so that an exponential without the maximum would overflow.
   */
  private static TestBuffer logits(KernelRig rig, Size size) {
    TestBuffer buffer = rig.uniform(size.elements(), -6, 6);
    float[] values = buffer.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] += i / size.columns % 3 == 1 ? 500 : 0;
    }
    buffer.write(values);
    return buffer;
  }

  private static double[][] matrix(Size size, TestBuffer buffer) {
    float[] values = buffer.floats();
    double[][] rows = new double[size.rows][size.columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / size.columns][i % size.columns] = values[i];
    }
    return rows;
  }

  private static double[] rowwise(Size size, TestBuffer in, UnaryOperator<double[]> f) {
    return Arrays.stream(matrix(size, in)).map(f).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] perRow(
      Size size, TestBuffer in, BiFunction<double[], Integer, Double> f) {
    double[][] rows = matrix(size, in);
    return IntStream.range(0, size.rows).mapToDouble(r -> f.apply(rows[r], r)).toArray();
  }

  private static Tolerance tolerance(String kernel, Size size) {
    return KernelCatalog.entry(kernel).tolerance(size.columns);
  }

  private static double logSumExp(double[] row) {
    double maximum = Arrays.stream(row).max().orElseThrow();
    return maximum + Math.log(Arrays.stream(row).map(z -> Math.exp(z - maximum)).sum());
  }

  private static double[] softmax(double[] row) {
    double all = logSumExp(row);
    return Arrays.stream(row).map(z -> Math.exp(z - all)).toArray();
  }

  private static double[] difference(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double absoluteDot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] * b[i])).sum();
  }
}
