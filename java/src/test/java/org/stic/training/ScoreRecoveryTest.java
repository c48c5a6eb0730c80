package org.stic.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.model.Parameter;
import org.stic.model.ParameterStore;
import org.stic.model.Weights;
import org.stic.objective.DenoisingScoreMatching;
import org.stic.objective.FiniteDifferenceScoreMatching;
import org.stic.objective.ScoreMatching;
import org.stic.objective.SlicedScoreMatching;
import org.stic.random.Purpose;

/**
 * Score matching finds the known score of numbers from a mixture of two normals with noise. The
 * model is a sum of bumps, {@code log p(x) = sum_j w_j exp(-(x - c_j)^2 / (2 r^2))}.
 */
class ScoreRecoveryTest {
  private static final int COUNT = 256;
  private static final int UPDATES = 250;
  private static final int BUMPS = 13;
  private static final float SPACING = .33f;
  private static final float NOISE = .3f;
  private static final float DEVIATION = .2f;

  /** Mean square of the error in units of the noise; the score's own is about .5. */
  private static final double LARGEST_ERROR = .04;

  private static Device device;

  @BeforeAll
  static void open() {
    device = TestDevice.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @Test
  void denoisingFindsTheScore() {
    double error = errorAfter(new DenoisingScoreMatching(), 1);
    assertTrue(error < LARGEST_ERROR, "error " + error);
  }

  @Test
  void finiteDifferencesFindTheScore() {
    double error = errorAfter(new FiniteDifferenceScoreMatching(), 1);
    assertTrue(error < LARGEST_ERROR, "error " + error);
  }

  @Test
  void slicesFindTheScoreWithoutLookingAtTheNoise() {
    double error = errorAfter(new SlicedScoreMatching(), 0);
    assertTrue(error < LARGEST_ERROR, "error " + error);
  }

  @Test
  void denoisingAgainstHalfOfTheNoiseDoesNot() {
    double error = errorAfter(new DenoisingScoreMatching(), .5f);
    assertFalse(error < LARGEST_ERROR, "error " + error);
  }

  /**
   * Trains the model.
   *
   * @param told factor of the noise that the loss is told of
   * @return mean square of {@code s (S - S_data)}
   */
  private static double errorAfter(ScoreMatching form, float told) {
    Parameter bumps = new Parameter("bumps", Shape.of(1, BUMPS), 0);
    try (ParameterStore store = new ParameterStore(device, "model", List.of(bumps));
        Adam adam = new Adam(device, store, .9, .99, 1e6, 0);
        Variable step = Variable.allocateCounters(device, "step", Shape.of(1))) {
      store.initialise(1, Purpose.INITIALISATION);
      Graph graph = new Graph();
      Weights weights = store.read(graph);
      Tensor counter = graph.read(step);
      Tensor error = error(form, told, counter, weights, graph, adam);
      graph.effect(new IncrementEffect(step));
      graph.output("error", error);
      try (Program update = Program.compile(device, graph)) {
        for (int index = 0; index < UPDATES; index++) {
          adam.prepare(.3 * (1 - index / (double) UPDATES));
          update.run();
        }
        return update.get("error")[0];
      }
    }
  }

  private static Tensor error(
      ScoreMatching form, float told, Tensor counter, Weights weights, Graph graph, Adam adam) {
    Shape shape = Shape.of(COUNT, 1, 1, 1);
    Tensor normal = Ops.normal(counter, 1, Purpose.SCORE_NOISE.code(), shape);
    Tensor directions = Ops.normal(counter, 1, Purpose.SCORE_DIRECTIONS.code(), shape);
    Tensor noise = graph.constant(Shape.of(COUNT, 1), NOISE);
    Tensor images = Ops.add(data(counter, shape), Ops.scale(normal, NOISE));
    ScoreMatching.NoisyImages noisy =
        new ScoreMatching.NoisyImages(images, Ops.scale(normal, told), directions, noise, 1);
    Tensor loss = form.loss(noisy, x -> model(x, weights));
    Tensor found = Gradients.of(model(images, weights), List.of(images)).getFirst();
    Tensor wanted = Gradients.of(mixture(images), List.of(images)).getFirst();
    Tensor error = Ops.mean(Ops.square(Ops.scale(Ops.subtract(found, wanted), NOISE)));
    adam.minimise(graph, weights, loss);
    return error;
  }

  /** Half of N(-1, t^2), half of N(1, t^2). */
  private static Tensor data(Tensor counter, Shape shape) {
    Tensor uniform = Ops.uniform(counter, 1, Purpose.NOISE_LEVEL.code(), shape);
    Tensor steep = Ops.affine(uniform, 1e9f, -.5e9f);
    Graph graph = counter.graph();
    Tensor sign =
        Ops.minimum(Ops.maximum(steep, graph.constant(shape, -1)), graph.constant(shape, 1));
    Tensor normal = Ops.normal(counter, 1, Purpose.INPUT_NOISE.code(), shape);
    return Ops.add(sign, Ops.scale(normal, DEVIATION));
  }

  private static Tensor model(Tensor x, Weights weights) {
    float[] centres = new float[BUMPS];
    for (int bump = 0; bump < BUMPS; bump++) {
      centres[bump] = (bump - BUMPS / 2) * SPACING;
    }
    Tensor bumps = gaussians(x, centres, SPACING);
    return Ops.sum(Ops.multiply(bumps, weights.get("bumps")), 1);
  }

  /** The logarithm of the noisy data's density, up to a constant. */
  private static Tensor mixture(Tensor x) {
    float deviation = (float) Math.hypot(DEVIATION, NOISE);
    return Ops.log(Ops.sum(gaussians(x, new float[] {-1, 1}, deviation), 1));
  }

  private static Tensor gaussians(Tensor x, float[] centres, float deviation) {
    Tensor column = Ops.reshape(x, Shape.of(COUNT, 1));
    Tensor row = x.graph().constant(Shape.of(1, centres.length), centres);
    Tensor distance = Ops.scale(Ops.subtract(column, row), 1 / deviation);
    return Ops.exp(Ops.scale(Ops.square(distance), -.5f));
  }
}
