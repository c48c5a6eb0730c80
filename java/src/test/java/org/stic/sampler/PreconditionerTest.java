package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Wall;

/**
 * Exact chains on a normal distribution whose deviations differ by a factor of 30, started in it. A
 * chain that mixes forgets where it started; whether it does or not, its variance must stay.
 */
class PreconditionerTest {
  private static final int CHAINS = 512;
  private static final float[] DEVIATIONS = {.01f, .02f, .04f, .08f, .15f, .3f};
  private static final int DIMENSION = DEVIATIONS.length;
  private static final Shape SHAPE = Shape.of(CHAINS, DIMENSION);
  private static final int STEPS = 200;
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Tensor density(Tensor x) {
    float[] factors = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      factors[i] = -.5f / (DEVIATIONS[i] * DEVIATIONS[i]);
    }
    Tensor perCoordinate = x.graph().constant(Shape.of(1, DIMENSION), factors);
    return Ops.sum(Ops.multiply(Ops.square(x), perCoordinate), 1);
  }

  @Test
  void withoutPreconditionerTheWidestCoordinateRemembersItsStart() {
    double[] memory = run(Preconditioning.IDENTITY);
    assertTrue(memory[DIMENSION - 1] > .5, Arrays.toString(memory));
  }

  @ParameterizedTest
  @EnumSource(names = {"FISHER", "VARIANCE"})
  void withOneEveryCoordinateForgets(Preconditioning kind) {
    double[] memory = run(kind);
    for (double correlation : memory) {
      assertTrue(Math.abs(correlation) < .2, Arrays.toString(memory));
    }
  }

  /** Correlation of each coordinate's last with its first value; its variance must be right. */
  private static double[] run(Preconditioning kind) {
    ChainPlan plan = new ChainPlan(0, STEPS, 1e-4f, 1, kind);
    Sampler still = new Langevin(PreconditionerTest::density, 1, 0, 1, Wall.CLIP);
    float[] start = sample();
    try (Chains chains = new Chains(device, still, PreconditionerTest::density, SHAPE, plan, 12)) {
      chains.run(start, 0);
      float[] end = chains.positions();
      double[] correlations = new double[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        double variance = DEVIATIONS[i] * DEVIATIONS[i];
        double error = 5 * variance * Math.sqrt(2.0 / CHAINS);
        assertEquals(variance, product(end, end, i), error, kind + " coordinate " + i);
        correlations[i] = product(start, end, i) / variance;
      }
      return correlations;
    }
  }

  private static float[] sample() {
    Random random = new Random(3);
    float[] positions = new float[CHAINS * DIMENSION];
    for (int index = 0; index < positions.length; index++) {
      positions[index] = DEVIATIONS[index % DIMENSION] * (float) random.nextGaussian();
    }
    return positions;
  }

  private static double product(float[] a, float[] b, int coordinate) {
    double sum = 0;
    for (int index = coordinate; index < a.length; index += DIMENSION) {
      sum += (double) a[index] * b[index];
    }
    return sum / CHAINS;
  }
}
