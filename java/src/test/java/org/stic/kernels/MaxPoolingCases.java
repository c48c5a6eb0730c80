package org.stic.kernels;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Maximum pooling and its transpose against the definition, with ties and NaN. */
final class MaxPoolingCases {
  private record Size(int planes, int height, int width, int window, int stride, int padding) {
    int rows() {
      return Pooling.outputSize(height, window, stride, padding);
    }

    int columns() {
      return Pooling.outputSize(width, window, stride, padding);
    }

    int inputs() {
      return planes * height * width;
    }

    int outputs() {
      return planes * rows() * columns();
    }

    /** The first of the largest elements of a window in reading order; the first NaN before all. */
    int largest(int output, float[] x) {
      int plane = output / (rows() * columns());
      int top = output / columns() % rows() * stride - padding;
      int left = output % columns() * stride - padding;
      int best = -1;
      for (int tap = 0; tap < window * window; tap++) {
        int row = top + tap / window;
        int column = left + tap % window;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          int place = (plane * height + row) * width + column;
          boolean isNew = best >= 0 && Float.isNaN(x[place]) && !Float.isNaN(x[best]);
          best = best < 0 || isNew || x[place] > x[best] ? place : best;
        }
      }
      return best;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1, 1, 1, 1, 0),
          new Size(3, 28, 28, 2, 2, 0),
          new Size(2, 7, 9, 3, 2, 1),
          new Size(5, 8, 5, 3, 1, 1),
          new Size(2, 9, 11, 2, 3, 0),
          new Size(2, 35, 35, 3, 2, 0),
          new Size(1, 70, 65, 4, 1, 2));

  private MaxPoolingCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream()
        .flatMap(size -> Stream.of(forward(size, false), forward(size, true), gradient(size)));
  }

  /** Few different values, so that many windows have ties. */
  private static TestBuffer steps(KernelRig rig, int count, boolean withNan) {
    SplittableRandom random = rig.random();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = withNan && random.nextInt(20) == 0 ? Float.NaN : random.nextInt(-4, 5);
    }
    return rig.floats(values);
  }

  private static KernelCase forward(Size size, boolean withNan) {
    return new KernelCase(
        "max_pool",
        size + (withNan ? " NaN" : ""),
        rig -> {
          TestBuffer in = steps(rig, size.inputs(), withNan);
          TestBuffer values = withNan ? in : rig.uniform(size.inputs(), -1, 1);
          TestBuffer out = rig.poisoned(size.outputs());
          rig.run(
              Pooling.maximum(
                  out.address(),
                  values.address(),
                  in.address(),
                  size.planes,
                  size.height,
                  size.width,
                  size.window,
                  size.stride,
                  size.padding));
          float[] x = in.floats();
          float[] v = values.floats();
          float[] expected = new float[size.outputs()];
          for (int o = 0; o < expected.length; o++) {
            expected[o] = v[size.largest(o, x)];
          }
          Expect.same(expected, out.floats());
        });
  }

  private static KernelCase gradient(Size size) {
    return new KernelCase(
        "max_pool_gradient",
        size.toString(),
        rig -> {
          TestBuffer in = steps(rig, size.inputs(), false);
          TestBuffer upstream = rig.uniform(size.outputs(), -1, 1);
          TestBuffer gradient = rig.poisoned(size.inputs());
          rig.run(
              Pooling.maximumGradient(
                  gradient.address(),
                  upstream.address(),
                  in.address(),
                  size.planes,
                  size.height,
                  size.width,
                  size.window,
                  size.stride,
                  size.padding));
          SumOracle oracle = new SumOracle(size.inputs());
          float[] x = in.floats();
          float[] dy = upstream.floats();
          for (int o = 0; o < dy.length; o++) {
            oracle.add(size.largest(o, x), dy[o]);
          }
          oracle.expect(gradient, "max_pool_gradient", (long) size.window * size.window);
        });
  }
}
