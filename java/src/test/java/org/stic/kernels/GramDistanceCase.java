package org.stic.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/**
 * Distances of Gram matrices from their targets, with and without the differences, and the gradient
 * that those differences give. What stands below a target's diagonal is poison.
 */
record GramDistanceCase(
    KernelRig rig, int batch, int channels, int positions, TestBuffer features, TestBuffer target) {
  private static final float SCALE = 0.25f;

  static GramDistanceCase of(KernelRig rig, int batch, int channels, int positions) {
    TestBuffer features = rig.uniform((long) batch * channels * positions, -1, 1);
    float[] targets = rig.uniform((long) batch * channels * channels, -1, 1).floats();
    for (int row = 0; row < batch * channels; row++) {
      for (int column = 0; column < row % channels; column++) {
        targets[row * channels + column] = Float.NaN;
      }
    }
    return new GramDistanceCase(rig, batch, channels, positions, features, rig.floats(targets));
  }

  void check() {
    try (KernelRig.Scope _ = rig.scope()) {
      int half = Math.toIntExact(GramDistance.halfElements(channels));
      TestBuffer halves = rig.poisoned((long) batch * half);
      TestBuffer distance = rig.poisoned(batch);
      value(distance, halves.address());
      double[] differences = requireDifferences(halves.floats());
      requireDistances(distance, differences);
      TestBuffer alone = rig.poisoned(batch);
      value(alone, 0);
      assertArrayEquals(distance.floats(), alone.floats(), "the distance without the differences");
      requireGradient(halves, half);
    }
  }

  private void value(TestBuffer distance, long halves) {
    long workspace = GramDistance.workspace(batch, channels) / Float.BYTES;
    rig.run(
        GramDistance.value(
            distance.address(),
            halves,
            features.address(),
            target.address(),
            rig.poisoned(Math.max(1, workspace)).address(),
            batch,
            channels,
            positions,
            SCALE));
  }

  /** Compares the half of D = scale F F^T - T and returns it as the kernel wrote it. */
  private double[] requireDifferences(float[] actual) {
    float[] f = features.floats();
    float[] t = target.floats();
    SumOracle oracle = new SumOracle(actual.length);
    double[] differences = new double[actual.length];
    int at = 0;
    for (int row = 0; row < batch * channels; row++) {
      for (int j = row % channels; j < channels; j++, at++) {
        int other = row / channels * channels + j;
        oracle.add(at, -t[row * channels + j]);
        for (int p = 0; p < positions; p++) {
          oracle.add(at, (double) SCALE * f[row * positions + p] * f[other * positions + p]);
        }
        differences[at] = actual[at];
      }
    }
    oracle.expect(actual, "gram_distance", positions + 1L);
    return differences;
  }

  private void requireDistances(TestBuffer distance, double[] differences) {
    SumOracle oracle = new SumOracle(batch);
    int at = 0;
    for (int row = 0; row < batch * channels; row++) {
      for (int j = row % channels; j < channels; j++, at++) {
        int count = j == row % channels ? 1 : 2;
        oracle.add(row / channels, count * differences[at] * differences[at]);
      }
    }
    oracle.expect(distance, "gram_distance", (long) channels * channels);
  }

  private void requireGradient(TestBuffer halves, int half) {
    float[] f = features.floats();
    float[] d = halves.floats();
    TestBuffer upstream = rig.uniform(batch, -1, 1);
    TestBuffer gradient = rig.poisoned(features.length());
    rig.run(
        GramDistance.gradient(
            gradient.address(),
            upstream.address(),
            halves.address(),
            features.address(),
            batch,
            channels,
            positions,
            SCALE));
    float[] u = upstream.floats();
    SumOracle oracle = new SumOracle(f.length);
    for (int row = 0; row < batch * channels; row++) {
      int item = row / channels;
      for (int k = 0; k < channels; k++) {
        double weight = 4 * SCALE * u[item] * d[item * half + packed(row % channels, k)];
        for (int p = 0; p < positions; p++) {
          oracle.add(row * positions + p, weight * f[(item * channels + k) * positions + p]);
        }
      }
    }
    oracle.expect(gradient, "gram_distance_gradient", channels);
  }

  private int packed(int i, int k) {
    int row = Math.min(i, k);
    return row * (2 * channels - row - 1) / 2 + Math.max(i, k);
  }
}
