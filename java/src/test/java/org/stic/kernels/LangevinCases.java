package org.stic.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Proposals coordinate by coordinate, at every wall, for chains of awkward dimension. */
final class LangevinCases {
  private static final float STEP = 0.3f;
  private static final float TEMPERATURE = 0.7f;

  private LangevinCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(Wall.values())
        .flatMap(wall -> List.of(1, 31, 129, 784, 5000).stream().map(d -> row(wall, d)));
  }

  private static KernelCase row(Wall wall, int dimension) {
    int chains = 5;
    return new KernelCase(
        Langevin.propose(0, 0, 0, 0, 0, chains, dimension, TEMPERATURE, 1, wall).kernel(),
        "dimension " + dimension,
        rig -> {
          long seed = rig.random().nextLong();
          int step = rig.random().nextInt();
          TestBuffer state = rig.uniform((long) chains * dimension, -1, 1);
          TestBuffer gradient = rig.uniform((long) chains * dimension, -4, 4);
          double[] expected =
              oracle(state.floats(), gradient.floats(), dimension, seed, step, wall);
          rig.run(
              Langevin.propose(
                  state.address(),
                  state.address(),
                  gradient.address(),
                  rig.floats(STEP).address(),
                  rig.integers(step).address(),
                  chains,
                  dimension,
                  TEMPERATURE,
                  seed,
                  wall));
          double[] magnitude = new double[expected.length];
          Arrays.fill(magnitude, 4);
          Expect.near(expected, magnitude, state.floats(), new Tolerance(0x1p-20, 0x1p-20));
        });
  }

  private static double[] oracle(
      float[] state, float[] gradient, int dimension, long seed, int step, Wall wall) {
    double[] proposal = new double[state.length];
    for (int i = 0; i < proposal.length; i++) {
      double noise = Philox.normal(seed, i / dimension, step, Philox.PROPOSAL, i % dimension);
      double free =
          state[i]
              + (double) STEP * gradient[i]
              + Math.sqrt(2 * (double) STEP * TEMPERATURE) * noise;
      proposal[i] = confine(free, wall);
    }
    return proposal;
  }

  private static double confine(double x, Wall wall) {
    return switch (wall) {
      case NONE -> x;
      case CLIP -> Math.clamp(x, -1.0, 1.0);
      case REFLECT -> Math.abs(x) <= 1 ? x : Math.copySign(2, x) - x;
    };
  }
}
