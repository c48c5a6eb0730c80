package org.stic.kernels;

import java.util.Arrays;
import java.util.stream.Stream;

/** Random numbers element by element against the reference generator. */
final class RandomCases {

  private RandomCases() {}

  static Stream<KernelCase> rows() {
    return KernelRig.AWKWARD_SIZES.stream().flatMap(n -> Stream.of(uniform(n), normal(n)));
  }

  private static KernelCase uniform(int n) {
    return new KernelCase(
        "random_uniform",
        "n " + n,
        rig -> {
          long seed = rig.random().nextLong();
          int step = rig.random().nextInt();
          TestBuffer out = rig.poisoned(n);
          rig.run(RandomNumbers.uniform(out.address(), n, rig.integers(step).address(), seed, 7));
          double[] expected = new double[n];
          Arrays.setAll(expected, i -> Philox.uniform(seed, 0, step, 7, i));
          Expect.near(expected, out.floats(), KernelCatalog.entry("random_uniform").tolerance(1));
        });
  }

  private static KernelCase normal(int n) {
    return new KernelCase(
        "random_normal",
        "n " + n,
        rig -> {
          long seed = rig.random().nextLong();
          int step = rig.random().nextInt();
          TestBuffer out = rig.poisoned(n);
          rig.run(RandomNumbers.normal(out.address(), n, rig.integers(step).address(), seed, 0));
          double[] expected = new double[n];
          Arrays.setAll(expected, i -> Philox.normal(seed, 0, step, 0, i));
          Expect.near(expected, out.floats(), KernelCatalog.entry("random_normal").tolerance(1));
        });
  }
}
