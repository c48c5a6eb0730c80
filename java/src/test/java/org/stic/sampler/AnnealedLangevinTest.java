package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.NoiseRange;

/**
 * Annealed chains on the exact score of {@code .3 N(-1, .2^2) + .7 N(1, .2^2)}: they must find both
 * the weights and the widths, and must not with a wrong score or a wrong step.
 */
class AnnealedLangevinTest {
  private static final int CHAINS = 1500;
  private static final double SHARE = .7;
  private static final double DEVIATION = .2;
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Fraction above 0 and the variance around the nearer centre. */
  private record Shares(double upper, double variance) {
    boolean isMixture() {
      double shareError = Math.sqrt(SHARE * (1 - SHARE) / CHAINS);
      double variance = DEVIATION * DEVIATION;
      return Math.abs(upper - SHARE) < 4 * shareError + .01
          && Math.abs(this.variance - variance) < .13 * variance;
    }
  }

  @Test
  void findsWeightsAndWidthsOfAMixture() {
    Shares found = sample(1, 1, 8, 16);
    assertTrue(found.isMixture(), found.toString());
  }

  @Test
  void halfTheScoreDoesNot() {
    Shares found = sample(.5f, 1, 8, 16);
    assertFalse(found.isMixture(), found.toString());
  }

  @Test
  void aLowTemperatureDoesNot() {
    Shares found = sample(1, .25f, 8, 16);
    assertFalse(found.isMixture(), found.toString());
  }

  @Test
  void ancestralStepsBetweenFewLevelsAloneDoNot() {
    Shares found = sample(1, 1, 0, 4);
    assertFalse(found.isMixture(), found.toString());
  }

  private static Shares sample(float scoreScale, float temperature, int steps, int levels) {
    NoisyDensity density = (x, noise) -> Ops.scale(mixture(x, noise), scoreScale);
    try (AnnealedLangevin chains = chains(density, temperature, steps, levels)) {
      chains.run(start(), 0);
      return shares(chains.position().download());
    }
  }

  private static AnnealedLangevin chains(
      NoisyDensity density, float temperature, int steps, int levels) {
    return new AnnealedLangevin(
        device,
        density,
        new NoiseLevels(new NoiseRange(.03, 4), levels),
        new AnnealedLangevin.Plan(steps, .2f, temperature, 5, 0),
        Shape.of(CHAINS, 1),
        _ -> {});
  }

  private static float[] start() {
    Random random = new Random(3);
    float[] start = new float[CHAINS];
    for (int chain = 0; chain < CHAINS; chain++) {
      start[chain] = (float) (2 * SHARE - 1 + 4 * random.nextGaussian());
    }
    return start;
  }

  /** {@code log (.3 N(x; -1, v) + .7 N(x; 1, v))} up to a constant, v = t^2 + s^2. */
  private static Tensor mixture(Tensor x, Tensor noise) {
    Graph graph = x.graph();
    Tensor variance = Ops.affine(Ops.square(noise), 1, (float) (DEVIATION * DEVIATION));
    Tensor centres = graph.constant(Shape.of(1, 2), -1, 1);
    Tensor weights =
        graph.constant(Shape.of(1, 2), (float) Math.log(1 - SHARE), (float) Math.log(SHARE));
    Tensor squares = Ops.square(Ops.subtract(x, centres));
    return Ops.logSumExp(Ops.add(Ops.scale(Ops.divide(squares, variance), -.5f), weights));
  }

  private static Shares shares(float[] positions) {
    int upper = 0;
    double squares = 0;
    for (float x : positions) {
      upper += x > 0 ? 1 : 0;
      squares += Math.pow(Math.abs(x) - 1, 2);
    }
    return new Shares(upper / (double) positions.length, squares / positions.length);
  }

  @Test
  void aRunLeavesTheLevelsAsTheyWere() {
    try (AnnealedLangevin chains = chains(AnnealedLangevinTest::mixture, 1, 1, 3)) {
      chains.run(start(), 7);
      float[] first = chains.position().download();
      chains.run(start(), 7);
      assertArrayEquals(first, chains.position().download());
      chains.run(start(), 7 + chains.totalSteps());
      assertFalse(java.util.Arrays.equals(first, chains.position().download()));
    }
  }

  @Test
  void aRingTurnsRowByRow() {
    try (Ring ring = new Ring(device, "ring", Shape.of(3, 2))) {
      ring.upload(new float[] {1, 2, 3, 4, 5, 6});
      Graph graph = new Graph();
      graph.output("first", Ops.scale(ring.first(graph), 1.5f));
      graph.output("last", Ops.scale(ring.last(graph), 1.5f));
      ring.turn(graph);
      try (Program program = Program.compile(device, graph)) {
        program.run(2);
        assertArrayEquals(new float[] {4.5f, 6}, program.get("first"));
        assertArrayEquals(new float[] {1.5f, 3}, program.get("last"));
      }
    }
  }
}
