package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;

/** Gram matrices, which must be symmetric to the bit, and their gradients. */
final class GramCases {
  /** Batch, channels, positions. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1, 1},
          new int[] {3, 16, 49},
          new int[] {2, 31, 127},
          new int[] {2, 33, 31},
          new int[] {1, 127, 33},
          new int[] {1, 130, 3},
          new int[] {2, 3, 1025});

  private static final float SCALE = 0.25f;

  private GramCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(
        new KernelCase("gram_matrix", "", rig -> SIZES.forEach(s -> matrix(rig, s[0], s[1], s[2]))),
        new KernelCase(
            "gram_gradient", "", rig -> SIZES.forEach(s -> gradient(rig, s[0], s[1], s[2]))),
        new KernelCase(
            "gram_distance",
            "and its gradient",
            rig -> SIZES.forEach(s -> GramDistanceCase.of(rig, s[0], s[1], s[2]).check())),
        new KernelCase(
            "gram_distance_gradient",
            "more channels than are expanded at once",
            rig -> GramDistanceCase.of(rig, 1, 515, 5).check()));
  }

  private static void matrix(KernelRig rig, int batch, int channels, int positions) {
    try (KernelRig.Scope _ = rig.scope()) {
      TestBuffer features = rig.uniform((long) batch * channels * positions, -1, 1);
      TestBuffer gram = rig.poisoned((long) batch * channels * channels);
      rig.run(Gram.matrix(gram.address(), features.address(), batch, channels, positions, SCALE));
      float[] f = features.floats();
      SumOracle oracle = new SumOracle((long) batch * channels * channels);
      for (int row = 0, at = 0; row < batch * channels; row++) {
        for (int j = 0; j < channels; j++, at++) {
          int other = row / channels * channels + j;
          for (int l = 0; l < positions; l++) {
            oracle.add(at, (double) SCALE * f[row * positions + l] * f[other * positions + l]);
          }
        }
      }
      oracle.expect(gram, "gram_matrix", positions);
      requireSymmetric(gram.floats(), channels);
    }
  }

  private static void requireSymmetric(float[] gram, int channels) {
    for (int row = 0; row < gram.length / channels; row++) {
      for (int j = 0; j < channels; j++) {
        int mirrored = (row / channels * channels + j) * channels + row % channels;
        assertEquals(
            gram[mirrored], gram[row * channels + j], "row %d, column %d".formatted(row, j));
      }
    }
  }

  private static void gradient(KernelRig rig, int batch, int channels, int positions) {
    try (KernelRig.Scope _ = rig.scope()) {
      long elements = (long) batch * channels * positions;
      TestBuffer features = rig.uniform(elements, -1, 1);
      TestBuffer gramGradient = rig.uniform((long) batch * channels * channels, -1, 1);
      TestBuffer featuresGradient = rig.poisoned(elements);
      rig.run(
          Gram.gradient(
              featuresGradient.address(),
              gramGradient.address(),
              features.address(),
              batch,
              channels,
              positions,
              SCALE));
      float[] f = features.floats();
      float[] d = gramGradient.floats();
      SumOracle oracle = new SumOracle(elements);
      for (int row = 0; row < batch * channels; row++) {
        int first = row / channels * channels;
        for (int k = 0; k < channels; k++) {
          double weight =
              (double) d[row * channels + k] + d[(first + k) * channels + row % channels];
          for (int l = 0; l < positions; l++) {
            oracle.add(row * positions + l, SCALE * weight * f[(first + k) * positions + l]);
          }
        }
      }
      oracle.expect(featuresGradient, "gram_gradient", 2L * channels);
    }
  }
}
