package org.stic.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Wall;

/** What short-run steps do to an update: limit it, and take it at shifted positions. */
class ShortRunTest {
  private static final int SIDE = 6;
  private static final int PIXELS = SIDE * SIDE;
  private static final Shape IMAGES = Shape.of(4, 1, SIDE, SIDE);
  private static final long SEED = 77;
  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** U = c sum x: every pixel's gradient is c, which differs from chain to chain. */
  private static Tensor slopes(Tensor x, float... perChain) {
    Tensor factors = x.graph().constant(Shape.of(4, 1, 1, 1), perChain);
    return Ops.sum(Ops.multiply(x, factors), 1, 2, 3);
  }

  @Test
  void anUpdateIsLimitedImageByImage() {
    float[] moved = step(x -> slopes(x, .1f, .2f, .4f, 3), new ShortRun.StepShape(null, .2f, 0));
    float[] expected = {.1f, .2f, .2f, .2f};
    for (int index = 0; index < moved.length; index++) {
      assertEquals(expected[index / PIXELS], moved[index], 1e-6f);
    }
  }

  @Test
  void withoutLimitAnUpdateEndsAtTheWall() {
    float[] moved = step(x -> slopes(x, .1f, .2f, -.4f, -3), new ShortRun.StepShape(null, 0, 0));
    float[] expected = {.1f, .2f, -.4f, -1};
    for (int index = 0; index < moved.length; index++) {
      assertEquals(expected[index / PIXELS], moved[index], 1e-6f);
    }
  }

  /** A density that looks at one pixel alone moves another one after each shift: its preimage. */
  @Test
  void jitterMovesWhatTheDensityLooksAt() {
    LogDensity corner = x -> Ops.sum(Ops.slice(Ops.slice(x, 2, 2, 3), 3, 2, 3), 1, 2, 3);
    Sampler rule = new ShortRun(corner, .01f, 0, SEED, new ShortRun.StepShape(null, 0, 1));
    Set<Integer> moved = new HashSet<>();
    try (ChainBench bench = new ChainBench(device, IMAGES, StepSizePlan.fixed(1), (_, _) -> rule)) {
      bench.start(new float[IMAGES.intElements()]);
      float[] before = bench.state.position().download();
      for (int step = 0; step < 60; step++) {
        bench.run(1);
        float[] after = bench.state.position().download();
        moved.add(onlyChange(before, after));
        before = after;
      }
    }
    assertEquals(9, moved.size(), moved.toString());
    for (int pixel : moved) {
      assertTrue(Math.abs(pixel / SIDE - 2) <= 1 && Math.abs(pixel % SIDE - 2) <= 1);
    }
  }

  /** The one pixel that changed, the same in all chains. */
  private static int onlyChange(float[] before, float[] after) {
    int found = -1;
    for (int index = 0; index < after.length; index++) {
      if (before[index] != after[index]) {
        assertTrue(found == -1 || found == index % PIXELS, "two pixels moved");
        found = index % PIXELS;
      }
    }
    return found;
  }

  /** At e1 = .2, e2 = .3, e3 = .4: mean .2 * 2 + .3 * 5, variance .16. */
  @Test
  void malaApproximationHasTheStatedProposal() {
    Shape many = Shape.of(512, 32);
    LogDensity prior = x -> Ops.sum(Ops.scale(x, 2), 1);
    LogDensity condition = x -> Ops.sum(Ops.scale(x, 5), 1);
    Sampler rule =
        new MalaApproximation(
            prior, condition, new MalaApproximation.Weights(.2f, .3f, .4f), SEED, Wall.NONE);
    try (ChainBench bench = new ChainBench(device, many, StepSizePlan.fixed(1), (_, _) -> rule)) {
      bench.start(new float[many.intElements()]);
      ChainBench.Moments moments = bench.moments(1, 1);
      assertEquals(1.9, moments.mean(), 4 * Math.sqrt(.16 / moments.count()));
      assertEquals(.16, moments.variance(), 4 * .16 * Math.sqrt(2 / moments.count()));
    }
  }

  private static float[] step(LogDensity density, ShortRun.StepShape shape) {
    Sampler rule = new ShortRun(density, 1, 0, SEED, shape);
    try (ChainBench bench = new ChainBench(device, IMAGES, StepSizePlan.fixed(1), (_, _) -> rule)) {
      bench.start(new float[IMAGES.intElements()]);
      bench.run(1);
      return bench.state.position().download();
    }
  }

  @Test
  void theSafeLossHasBoundedSlope() {
    try (var program = lossProgram()) {
      float[] relative = {0, .1f, 1, 30, 1e4f};
      program.set("r", relative);
      program.run();
      float[] loss = program.get("safe");
      float[] slope = program.get("slope");
      for (int index = 0; index < relative.length; index++) {
        double root = Math.sqrt(1 + 2.0 * relative[index]);
        assertEquals(root - 1, loss[index], 1e-5 * root);
        assertEquals(1 / root, slope[index], 1e-6);
      }
    }
  }

  private static org.stic.graph.Program lossProgram() {
    Graph graph = new Graph();
    Tensor relative = graph.input("r", Shape.of(5));
    Tensor safe = GramLoss.SAFE.of(relative);
    graph.output("safe", safe);
    graph.output(
        "slope",
        org.stic.graph.Gradients.of(Ops.sum(safe), java.util.List.of(relative)).getFirst());
    return org.stic.graph.Program.compile(device, graph);
  }
}
