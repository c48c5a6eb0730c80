package org.stic.kernels;

import java.util.List;
import java.util.stream.Stream;

/** Sums over an axis, in one launch and in two. */
final class ReductionCases {
  private record Size(int outer, int reduce, int inner) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1, 1),
          new Size(3, 31, 1),
          new Size(127, 10, 1),
          new Size(2, 1025, 1),
          new Size(1, 40001, 1),
          new Size(2, 33, 3),
          new Size(5, 7, 65),
          new Size(1, 2500, 127),
          new Size(3, 1, 200));

  private ReductionCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream().flatMap(size -> Stream.of(row(size, false), row(size, true)));
  }

  private static KernelCase row(Size size, boolean twoLaunches) {
    return new KernelCase(
        size.inner == 1 ? "sum_rows" : "sum_columns",
        size + (twoLaunches ? " with workspace" : ""),
        rig -> {
          TestBuffer in = rig.uniform((long) size.outer * size.reduce * size.inner, -1, 2);
          TestBuffer out = rig.poisoned((long) size.outer * size.inner);
          rig.run(
              twoLaunches ? twoLaunches(rig, size, in, out) : List.of(oneLaunch(size, in, out)));
          compare(size, in.floats(), out.floats());
        });
  }

  private static KernelCall oneLaunch(Size size, TestBuffer in, TestBuffer out) {
    return Reduction.sum(out.address(), in.address(), size.outer, size.reduce, size.inner, 0.75f);
  }

  private static List<KernelCall> twoLaunches(
      KernelRig rig, Size size, TestBuffer in, TestBuffer out) {
    long bytes = Reduction.sumWorkspace(size.outer, size.reduce, size.inner);
    long workspace = bytes == 0 ? 0 : rig.poisoned(bytes / Float.BYTES).address();
    return Reduction.sum(
        out.address(), in.address(), workspace, size.outer, size.reduce, size.inner, 0.75f);
  }

  private static void compare(Size size, float[] in, float[] out) {
    double[] sums = new double[size.outer * size.inner];
    double[] magnitudes = new double[sums.length];
    for (int i = 0; i < in.length; i++) {
      int sum = i / (size.reduce * size.inner) * size.inner + i % size.inner;
      sums[sum] += 0.75 * in[i];
      magnitudes[sum] += 0.75 * Math.abs(in[i]);
    }
    Expect.near(sums, magnitudes, out, Tolerance.ofSum(size.reduce));
  }
}
