package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.op.AdamEffect;
import org.stic.graph.op.IncrementEffect;
import org.stic.graph.op.MomentumEffect;

/** Optimizer steps over flat buffers, against the update formulas in double precision. */
class OptimizerEffectTest {

  private static final int COUNT = 127;
  private static final int STEPS = 5;
  private static final double RATE = 0.01;
  private static final double BETA1 = 0.8;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-6;
  private static final double CLIP = 2;

  private final Device device = TestDevice.open();
  private final Variable parameters = Variable.allocate(device, "parameters", Shape.of(COUNT));
  private final Variable mean = Variable.allocate(device, "mean", Shape.of(COUNT));
  private final Variable variance = Variable.allocate(device, "variance", Shape.of(COUNT));
  private final Variable hyper = Variable.allocate(device, "hyper", Shape.of(8));
  private final Variable counter = Variable.allocateCounters(device, "counter", Shape.of(1));
  private final Graph graph = new Graph();
  private final double[] expected = new double[COUNT];

  OptimizerEffectTest() {
    float[] start = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      start[i] = i / 64f - 1;
      expected[i] = start[i];
    }
    parameters.upload(start);
    hyper.upload(
        (float) RATE, (float) BETA1, (float) BETA2, (float) EPSILON, (float) CLIP, 0, 0, 0);
  }

  @AfterEach
  void free() {
    parameters.close();
    mean.close();
    variance.close();
    hyper.close();
    counter.close();
    device.close();
  }

  /** The gradient of the sum of squares of the parameters. */
  private Tensor gradient() {
    return Ops.affine(graph.read(parameters), 2, 0);
  }

  private double[] clippedGradient() {
    double squares = 0;
    for (double p : expected) {
      squares += 4 * p * p;
    }
    double factor = 2 * Math.min(1, CLIP / Math.sqrt(squares));
    double[] gradient = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      gradient[i] = factor * expected[i];
    }
    return gradient;
  }

  @Test
  void adamMovesByItsFormula() {
    Tensor gradient = gradient();
    graph.effect(
        new AdamEffect(
            parameters,
            mean,
            variance,
            gradient,
            Ops.norm(gradient),
            graph.read(hyper),
            graph.read(counter)));
    graph.effect(new IncrementEffect(counter));
    double[] m = new double[COUNT];
    double[] v = new double[COUNT];
    for (int t = 1; t <= STEPS; t++) {
      double[] g = clippedGradient();
      for (int i = 0; i < COUNT; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        double unbiased = v[i] / (1 - Math.pow(BETA2, t));
        expected[i] -= RATE * m[i] / (1 - Math.pow(BETA1, t)) / (Math.sqrt(unbiased) + EPSILON);
      }
    }
    requireExpected();
  }

  @Test
  void momentumMovesByItsFormula() {
    Tensor gradient = gradient();
    graph.effect(
        new MomentumEffect(parameters, mean, gradient, Ops.norm(gradient), graph.read(hyper)));
    double[] velocity = new double[COUNT];
    for (int t = 1; t <= STEPS; t++) {
      double[] g = clippedGradient();
      for (int i = 0; i < COUNT; i++) {
        velocity[i] = BETA1 * velocity[i] + g[i];
        expected[i] -= RATE * velocity[i];
      }
    }
    requireExpected();
  }

  private void requireExpected() {
    try (Program program = Program.compile(device, graph)) {
      program.run(STEPS);
      float[] actual = parameters.download();
      for (int i = 0; i < COUNT; i++) {
        assertEquals(expected[i], actual[i], 1e-5, "element " + i);
      }
    }
  }
}
