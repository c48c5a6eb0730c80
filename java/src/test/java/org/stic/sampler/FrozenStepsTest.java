package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.kernels.Wall;

/** Chains whose test and next proposal are one kernel, against chains of two kernels. */
class FrozenStepsTest {
  private static final Shape SHAPE = Shape.of(7, 3, 11);
  private static final long SEED = 20_260_102;
  private static final int STEPS = 25;

  @Test
  void chainsAreTheSameToTheBitHoweverTheStepsAreCutIntoRuns() {
    try (Device device = TestDevice.open()) {
      float[] apart = chain(device, false);
      assertArrayEquals(apart, chain(device, true));
      assertTrue(IntStream.range(0, apart.length).allMatch(i -> Math.abs(apart[i]) <= 1));
    }
  }

  @Test
  void chainsThatDoNotFitABlockAreLeftToTwoKernels() {
    try (Device device = TestDevice.open();
        AdaptiveStepSize size = new AdaptiveStepSize(device, StepSizePlan.fixed(.1f));
        ChainInfo info = ChainInfo.allocate(device, 1);
        ChainState fits = ChainState.allocate(device, Shape.of(1, 3072));
        ChainState large = ChainState.allocate(device, Shape.of(1, 3073))) {
      assertTrue(rule(size, info).canAdvance(fits));
      assertFalse(rule(size, info).canAdvance(large));
    }
  }

  private static Metropolis rule(AdaptiveStepSize size, ChainInfo info) {
    LogDensity density = x -> Ops.sum(Ops.scale(Ops.square(x), -2), 1, 2);
    return new Metropolis(density, .5f, SEED, Wall.REFLECT, size, null, info);
  }

  /** Positions after all steps, some of which must be accepted and some not. */
  private static float[] chain(Device device, boolean fused) {
    try (AdaptiveStepSize size = new AdaptiveStepSize(device, StepSizePlan.fixed(.15f));
        ChainInfo info = ChainInfo.allocate(device, SHAPE.dim(0));
        ChainState state = ChainState.allocate(device, SHAPE)) {
      state.position().upload(start());
      state.step().upload(3);
      Metropolis rule = rule(size, info);
      run(device, graph -> rule.initialise(graph, state), 1);
      if (fused) {
        try (FrozenSteps steps = new FrozenSteps(device, rule, state)) {
          steps.run(1);
          steps.run(STEPS - 1);
        }
      } else {
        run(device, graph -> rule.step(graph, state), STEPS);
      }
      int accepted = IntStream.of(info.accepted().downloadInts()).sum();
      assertTrue(accepted > 0 && accepted < STEPS * SHAPE.dim(0), "accepted " + accepted);
      return state.position().download();
    }
  }

  private static void run(Device device, Consumer<Graph> nodes, int times) {
    Graph graph = new Graph();
    nodes.accept(graph);
    try (Program program = Program.compile(device, graph)) {
      program.run(times);
      device.synchronize();
    }
  }

  private static float[] start() {
    Random random = new Random(5);
    float[] start = new float[SHAPE.intElements()];
    IntStream.range(0, start.length).forEach(i -> start[i] = 2 * random.nextFloat() - 1);
    return start;
  }
}
