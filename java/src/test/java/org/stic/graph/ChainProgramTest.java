package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.op.IncrementEffect;
import org.stic.graph.op.MetropolisEffect;
import org.stic.graph.op.StepSizeEffect;
import org.stic.kernels.Wall;

/**
 * Whole chains as one program: Metropolis-adjusted Langevin steps on U = -|x - 1|^2 / 8, the normal
 * distribution of mean 1 and variance 4, with step adaptation, all state on the device.
 */
class ChainProgramTest {

  private static final int CHAINS = 128;
  private static final int DIMENSION = 3;
  private static final Shape SHAPE = Shape.of(CHAINS, DIMENSION);
  private static final long SEED = 11;

  private final Device device = TestDevice.open();
  private final Variable state = Variable.allocate(device, "state", SHAPE);
  private final Variable gradient = Variable.allocate(device, "gradient", SHAPE);
  private final Variable logDensity = Variable.allocate(device, "log density", Shape.of(CHAINS));
  private final Variable acceptance = Variable.allocate(device, "acceptance", Shape.of(CHAINS));
  private final Variable logRatio = Variable.allocate(device, "log ratio", Shape.of(CHAINS));
  private final Variable accepted = Variable.allocateCounters(device, "accepted", Shape.of(CHAINS));
  private final Variable broken = Variable.allocateCounters(device, "broken", Shape.of(CHAINS));
  private final Variable stepSize = Variable.allocate(device, "step size", Shape.of(1));
  private final Variable counter = Variable.allocateCounters(device, "counter", Shape.of(1));
  private Program start;
  private Program step;

  @BeforeEach
  void compile() {
    start = Program.compile(device, startGraph());
    step = Program.compile(device, stepGraph());
  }

  @AfterEach
  void free() {
    start.close();
    step.close();
    List.of(state, gradient, logDensity, acceptance, logRatio, accepted, broken, stepSize, counter)
        .forEach(Variable::close);
    device.close();
  }

  private static Tensor logDensity(Tensor x) {
    return Ops.scale(Ops.sum(Ops.square(Ops.affine(x, 1, -1)), 1), -0.125f);
  }

  private Graph startGraph() {
    Graph graph = new Graph();
    Tensor x = graph.read(state);
    Tensor u = logDensity(x);
    graph.assign(logDensity, u);
    graph.assign(gradient, Gradients.of(u, List.of(x)).getFirst());
    return graph;
  }

  private Graph stepGraph() {
    Graph graph = new Graph();
    Tensor eps = graph.read(stepSize);
    Tensor t = graph.read(counter);
    Tensor proposal =
        Ops.langevin(graph.read(state), graph.read(gradient), eps, null, t, 1, SEED, Wall.NONE);
    Tensor u = logDensity(proposal);
    Tensor slope = Gradients.of(u, List.of(proposal)).getFirst();
    MetropolisEffect.Chains chains =
        new MetropolisEffect.Chains(
            state, gradient, logDensity, acceptance, logRatio, accepted, broken);
    graph.effect(
        new MetropolisEffect(chains, proposal, slope, u, eps, null, t, 1, SEED, Wall.NONE));
    graph.effect(new StepSizeEffect(stepSize, graph.read(acceptance), t, 0.574f, 0.6f, 300));
    graph.effect(new IncrementEffect(counter));
    return graph;
  }

  private void restart() {
    state.upload(new float[CHAINS * DIMENSION]);
    accepted.upload(new int[CHAINS]);
    broken.upload(new int[CHAINS]);
    stepSize.upload(0.5f);
    counter.upload(0);
    start.run();
  }

  @Test
  void aStepTakesFewLaunches() {
    assertTrue(step.calls().size() <= 9, step::dump);
    assertTrue(
        step.calls().stream().noneMatch(call -> call.kernel().startsWith("copy")), step::dump);
  }

  @Test
  void manyRunsOneByOneAndReplayedAreTheSameChain() {
    restart();
    step.launch(60);
    float[] launched = state.download();
    restart();
    for (int i = 0; i < 60; i++) {
      step.run();
      device.synchronize();
    }
    assertArrayEquals(launched, state.download());
    restart();
    IntStream.range(0, 3).forEach(_ -> step.run(20));
    assertArrayEquals(launched, state.download());
  }

  @Test
  void theChainSamplesItsDensityAtTheAcceptanceAskedFor() {
    restart();
    step.run(300);
    accepted.upload(new int[CHAINS]);
    double sum = 0;
    double squares = 0;
    int samples = 60;
    for (int i = 0; i < samples; i++) {
      step.run(8);
      for (float x : state.download()) {
        sum += x - 1;
        squares += (x - 1) * (x - 1);
      }
    }
    double count = (double) samples * CHAINS * DIMENSION;
    double rate = IntStream.of(accepted.downloadInts()).average().orElseThrow() / (8 * samples);
    assertEquals(0.574, rate, 0.03);
    assertEquals(0, sum / count, 0.08);
    assertEquals(4, squares / count, 0.2);
    assertEquals(0, IntStream.of(broken.downloadInts()).sum());
  }

  @Test
  void theGradientInTheStateIsTheGradientOfTheState() {
    restart();
    step.run(7);
    float[] x = state.download();
    float[] slope = gradient.download();
    for (int i = 0; i < x.length; i++) {
      assertEquals(-0.25 * (x[i] - 1), slope[i], 1e-5);
    }
  }
}
