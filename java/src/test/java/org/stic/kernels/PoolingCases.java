package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Average pooling and its transpose against the definition, window by window. */
final class PoolingCases {
  private record Size(int planes, int height, int width, int window, int stride, int padding) {
    int outputHeight() {
      return Pooling.outputSize(height, window, stride, padding);
    }

    int outputWidth() {
      return Pooling.outputSize(width, window, stride, padding);
    }

    int inputs() {
      return planes * height * width;
    }

    int outputs() {
      return planes * outputHeight() * outputWidth();
    }
  }

  /** Visits every pair of an output element and an input element in its window. */
  private interface Visitor {
    void visit(int output, int input);
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1, 1, 1, 1, 0),
          new Size(3, 28, 28, 2, 2, 0),
          new Size(2, 7, 9, 3, 2, 1),
          new Size(5, 8, 5, 3, 1, 1),
          new Size(2, 9, 11, 2, 3, 0),
          new Size(2, 4, 4, 5, 2, 3),
          new Size(1, 70, 65, 4, 1, 2));

  private PoolingCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream().flatMap(size -> Stream.of(forward(size), gradient(size)));
  }

  private static KernelCase forward(Size size) {
    return new KernelCase(
        "average_pool",
        size.toString(),
        rig -> {
          TestBuffer in = rig.uniform(size.inputs(), -1, 1);
          TestBuffer out = rig.poisoned(size.outputs());
          rig.run(
              Pooling.average(
                  out.address(),
                  in.address(),
                  size.planes,
                  size.height,
                  size.width,
                  size.window,
                  size.stride,
                  size.padding));
          float[] x = in.floats();
          double[] expected = new double[size.outputs()];
          pairs(size, (o, i) -> expected[o] += x[i] / (double) (size.window * size.window));
          compare(size, expected, out);
        });
  }

  private static KernelCase gradient(Size size) {
    return new KernelCase(
        "average_pool_gradient",
        size.toString(),
        rig -> {
          TestBuffer out = rig.uniform(size.outputs(), -1, 1);
          TestBuffer in = rig.poisoned(size.inputs());
          rig.run(
              Pooling.averageGradient(
                  in.address(),
                  out.address(),
                  size.planes,
                  size.height,
                  size.width,
                  size.window,
                  size.stride,
                  size.padding));
          float[] dy = out.floats();
          double[] expected = new double[size.inputs()];
          pairs(size, (o, i) -> expected[i] += dy[o] / (double) (size.window * size.window));
          compare(size, expected, in);
        });
  }

  private static void compare(Size size, double[] expected, TestBuffer actual) {
    double[] magnitude = new double[expected.length];
    Arrays.fill(magnitude, 1);
    Expect.near(
        expected, magnitude, actual.floats(), Tolerance.ofSum((long) size.window * size.window));
  }

  private static void pairs(Size s, Visitor visitor) {
    for (int o = 0; o < s.outputs(); o++) {
      int plane = o / (s.outputHeight() * s.outputWidth());
      int oy = o / s.outputWidth() % s.outputHeight();
      int ox = o % s.outputWidth();
      for (int tap = 0; tap < s.window * s.window; tap++) {
        int y = oy * s.stride - s.padding + tap / s.window;
        int x = ox * s.stride - s.padding + tap % s.window;
        if (y >= 0 && y < s.height && x >= 0 && x < s.width) {
          visitor.visit(o, (plane * s.height + y) * s.width + x);
        }
      }
    }
  }
}
