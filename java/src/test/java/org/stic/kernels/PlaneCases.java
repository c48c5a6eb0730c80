package org.stic.kernels;

import java.util.List;
import java.util.stream.Stream;

/** Lines and statistics of the planes of feature maps against their definitions. */
final class PlaneCases {

  /** So many planes of so many positions; coefficients as many as channels, or as planes. */
  private record Size(int images, int channels, int positions) {
    int planes() {
      return images * channels;
    }

    int elements() {
      return planes() * positions;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1, 1),
          new Size(2, 3, 35),
          new Size(5, 7, 127),
          new Size(3, 33, 64),
          new Size(1, 31, 1025),
          new Size(2, 1, 8193));

  private PlaneCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream()
        .flatMap(
            size ->
                Stream.of(
                    affine(size, size.channels, true),
                    affine(size, size.planes(), false),
                    combine(size, size.channels, false),
                    combine(size, size.planes(), true),
                    moments(size, 0),
                    moments(size, 100),
                    dot(size)));
  }

  private static KernelCase affine(Size size, int coefficients, boolean hasShift) {
    return new KernelCase(
        "plane_affine",
        size + " " + coefficients,
        rig -> {
          TestBuffer x = rig.uniform(size.elements(), -1, 1);
          TestBuffer scale = rig.uniform(coefficients, -2, 2);
          TestBuffer shift = rig.uniform(coefficients, -2, 2);
          TestBuffer out = rig.poisoned(size.elements());
          rig.run(
              PlaneStatistics.affine(
                  out.address(),
                  x.address(),
                  scale.address(),
                  hasShift ? shift.address() : 0,
                  size.planes(),
                  size.positions,
                  coefficients));
          SumOracle oracle = new SumOracle(size.elements());
          addProducts(oracle, size, scale, x);
          addShift(oracle, size, hasShift, shift);
          oracle.expect(out, "plane_affine", 2);
        });
  }

  private static KernelCase combine(Size size, int coefficients, boolean hasShift) {
    return new KernelCase(
        "plane_combine",
        size + " " + coefficients,
        rig -> {
          TestBuffer x = rig.uniform(size.elements(), -1, 1);
          TestBuffer y = rig.uniform(size.elements(), -1, 1);
          TestBuffer a = rig.uniform(coefficients, -2, 2);
          TestBuffer b = rig.uniform(coefficients, -2, 2);
          TestBuffer shift = rig.uniform(coefficients, -2, 2);
          TestBuffer out = rig.poisoned(size.elements());
          rig.run(
              PlaneStatistics.combine(
                  out.address(),
                  x.address(),
                  y.address(),
                  a.address(),
                  b.address(),
                  hasShift ? shift.address() : 0,
                  size.planes(),
                  size.positions,
                  coefficients));
          SumOracle oracle = new SumOracle(size.elements());
          addProducts(oracle, size, a, x);
          addProducts(oracle, size, b, y);
          addShift(oracle, size, hasShift, shift);
          oracle.expect(out, "plane_combine", 3);
        });
  }

  private static void addProducts(
      SumOracle oracle, Size size, TestBuffer coefficients, TestBuffer maps) {
    float[] a = coefficients.floats();
    float[] x = maps.floats();
    for (int i = 0; i < size.elements(); i++) {
      oracle.add(i, (double) a[i / size.positions % a.length] * x[i]);
    }
  }

  private static void addShift(SumOracle oracle, Size size, boolean hasShift, TestBuffer shift) {
    float[] b = shift.floats();
    for (int i = 0; hasShift && i < size.elements(); i++) {
      oracle.add(i, b[i / size.positions % b.length]);
    }
  }

  /** A mean far from zero must not cost the variance its digits. */
  private static KernelCase moments(Size size, double mean) {
    return new KernelCase(
        "plane_moments",
        size + " around " + mean,
        rig -> {
          TestBuffer x = rig.uniform(size.elements(), mean - 1, mean + 1);
          TestBuffer out = rig.poisoned(2L * size.planes());
          rig.run(
              PlaneStatistics.moments(out.address(), x.address(), size.planes(), size.positions));
          double[] expected = new double[2 * size.planes()];
          double[] magnitudes = new double[expected.length];
          float[] values = x.floats();
          for (int i = 0; i < values.length; i++) {
            expected[i / size.positions] += values[i] / (double) size.positions;
          }
          for (int i = 0; i < values.length; i++) {
            int plane = i / size.positions;
            double difference = values[i] - expected[plane];
            expected[size.planes() + plane] += difference * difference / size.positions;
            magnitudes[plane] = mean + 1;
            // The rounding of the mean moves every difference by as much.
            magnitudes[size.planes() + plane] = 1 + mean * mean * 1e-3;
          }
          Expect.near(
              expected,
              magnitudes,
              out.floats(),
              KernelCatalog.entry("plane_moments").tolerance(size.positions));
        });
  }

  private static KernelCase dot(Size size) {
    return new KernelCase(
        "plane_dot",
        size.toString(),
        rig -> {
          TestBuffer x = rig.uniform(size.elements(), -1, 1);
          TestBuffer y = rig.uniform(size.elements(), -1, 1);
          TestBuffer out = rig.poisoned(size.planes());
          rig.run(
              PlaneStatistics.dot(
                  out.address(), x.address(), y.address(), size.planes(), size.positions));
          SumOracle oracle = new SumOracle(size.planes());
          float[] left = x.floats();
          float[] right = y.floats();
          for (int i = 0; i < size.elements(); i++) {
            oracle.add(i / size.positions, (double) left[i] * right[i]);
          }
          oracle.expect(out, "plane_dot", size.positions);
        });
  }
}
