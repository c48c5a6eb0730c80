package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random shifts pixel by pixel, there and back, and that all of them occur. */
final class CircularShiftCases {
  /** Maps, height, width, reach. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1, 1, 0},
          new int[] {5, 3, 7, 2},
          new int[] {3, 32, 31, 1},
          new int[] {2, 4, 300, 3});

  private static final int STEPS = 40;

  private CircularShiftCases() {}

  static Stream<KernelCase> rows() {
    return SIZES.stream()
        .map(
            s ->
                new KernelCase(
                    "circular_shift",
                    "%d maps of %d x %d by %d".formatted(s[0], s[1], s[2], s[3]),
                    rig -> shifts(rig, s[0], s[1], s[2], s[3])));
  }

  private static void shifts(KernelRig rig, int maps, int height, int width, int reach) {
    long seed = rig.random().nextLong();
    Set<List<Integer>> seen = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      int[] shift = Philox.shift(seed, step, reach);
      seen.add(List.of(shift[0], shift[1]));
      shift(rig, new int[] {maps, height, width, reach}, seed, step, step % 2 == 0 ? 1 : -1);
    }
    int possible = (2 * reach + 1) * (2 * reach + 1);
    assertTrue(seen.size() > Math.min(possible, STEPS) / 2, seen.toString());
  }

  private static void shift(KernelRig rig, int[] size, long seed, int step, int sign) {
    int height = size[1];
    int width = size[2];
    try (KernelRig.Scope _ = rig.scope()) {
      TestBuffer in = rig.uniform((long) size[0] * height * width, -1, 1);
      TestBuffer out = rig.poisoned((long) size[0] * height * width);
      long counter = rig.integers(step).address();
      rig.run(
          CircularShift.shift(
              out.address(), in.address(), counter, size[0], height, width, size[3], sign, seed));
      int[] shift = Philox.shift(seed, step, size[3]);
      float[] pixels = in.floats();
      double[] expected =
          IntStream.range(0, pixels.length)
              .mapToDouble(
                  i -> {
                    int row = Math.floorMod(i / width % height - sign * shift[0], height);
                    int column = Math.floorMod(i % width - sign * shift[1], width);
                    return pixels[(i / (height * width) * height + row) * width + column];
                  })
              .toArray();
      Expect.near(expected, out.floats(), Tolerance.EXACT);
    }
  }
}
