package org.stic.kernels;

import java.util.Arrays;
import java.util.stream.Stream;

/** Strided copies: what they write and what they must leave alone. */
final class CopyCases {
  private static final float UNTOUCHED = -99;

  private CopyCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(
        row("packed", new int[] {8300}, new int[] {1}, 0, new int[] {1}, 0),
        row("transpose", new int[] {33, 65}, new int[] {65, 1}, 0, new int[] {1, 33}, 0),
        row(
            "transpose of a batch",
            new int[] {3, 17, 31},
            new int[] {527, 31, 1},
            0,
            new int[] {527, 1, 17},
            0),
        row("slice", new int[] {5, 7, 9}, new int[] {63, 9, 1}, 0, new int[] {200, 20, 1}, 13),
        row("embed", new int[] {5, 7, 9}, new int[] {200, 20, 1}, 13, new int[] {63, 9, 1}, 0),
        row("expand a scalar", new int[] {1025}, new int[] {1}, 0, new int[] {0}, 0),
        row(
            "expand columns",
            new int[] {2, 31, 3, 33},
            new int[] {3069, 99, 33, 1},
            0,
            new int[] {31, 1, 0, 0},
            0),
        row("every second", new int[] {127, 2}, new int[] {4, 2}, 1, new int[] {1, 127}, 0),
        fill());
  }

  private static KernelCase row(
      String situation,
      int[] dims,
      int[] outStrides,
      int outOffset,
      int[] inStrides,
      int inOffset) {
    return new KernelCase(
        "copy_strided",
        situation,
        rig -> {
          int n = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
          TestBuffer in = rig.uniform(BinaryCases.last(dims, inStrides) + inOffset + 1L, -1, 1);
          float[] expected = new float[BinaryCases.last(dims, outStrides) + outOffset + 5];
          Arrays.fill(expected, UNTOUCHED);
          TestBuffer out = rig.floats(expected);
          rig.run(
              Copy.strided(
                  out.address(), in.address(), dims, outStrides, outOffset, inStrides, inOffset));
          float[] source = in.floats();
          for (int i = 0; i < n; i++) {
            expected[outOffset + BinaryCases.offset(dims, outStrides, i)] =
                source[inOffset + BinaryCases.offset(dims, inStrides, i)];
          }
          Expect.same(expected, out.floats());
        });
  }

  private static KernelCase fill() {
    return new KernelCase(
        "fill",
        "awkward sizes",
        rig -> {
          for (int n : KernelRig.AWKWARD_SIZES) {
            TestBuffer out = rig.poisoned(n);
            rig.run(Fill.constant(out.address(), n, 2.5f));
            float[] expected = new float[n];
            Arrays.fill(expected, 2.5f);
            Expect.same(expected, out.floats());
          }
        });
  }
}
