package org.stic.kernels;

import java.util.Arrays;
import java.util.stream.Stream;

/** Proposals coordinate by coordinate, at every wall, for chains of awkward dimension. */
final class LangevinCases {
  private static final float STEP = 0.3f;
  private static final float TEMPERATURE = 0.7f;

  private LangevinCases() {}

  static Stream<KernelCase> rows() {
    return Stream.of(Wall.values())
        .flatMap(
            wall ->
                Stream.of(1, 31, 129, 784, 5000)
                    .flatMap(d -> Stream.of(row(wall, d, false), row(wall, d, true))));
  }

  private static KernelCase row(Wall wall, int dimension, boolean scaled) {
    int chains = 5;
    return new KernelCase(
        Langevin.propose(0, 0, 0, 0, 0, 0, chains, dimension, TEMPERATURE, 1, wall).kernel(),
        "dimension " + dimension + (scaled ? ", diagonal" : ""),
        rig -> {
          long seed = rig.random().nextLong();
          int step = rig.random().nextInt();
          TestBuffer state = rig.uniform((long) chains * dimension, -1, 1);
          TestBuffer gradient = rig.uniform((long) chains * dimension, -4, 4);
          TestBuffer diagonal = rig.uniform(dimension, 0.2, 2);
          double[] expected =
              oracle(
                  state.floats(),
                  gradient.floats(),
                  scaled ? diagonal.floats() : ones(dimension),
                  seed,
                  step,
                  wall);
          rig.run(
              Langevin.propose(
                  state.address(),
                  state.address(),
                  gradient.address(),
                  rig.floats(STEP).address(),
                  scaled ? diagonal.address() : 0,
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

  private static float[] ones(int dimension) {
    float[] ones = new float[dimension];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] oracle(
      float[] state, float[] gradient, float[] diagonal, long seed, int step, Wall wall) {
    int dimension = diagonal.length;
    double[] proposal = new double[state.length];
    for (int i = 0; i < proposal.length; i++) {
      double noise = Philox.normal(seed, i / dimension, step, Philox.PROPOSAL, i % dimension);
      double eps = (double) STEP * diagonal[i % dimension];
      double free = state[i] + eps * gradient[i] + Math.sqrt(2 * eps * TEMPERATURE) * noise;
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
