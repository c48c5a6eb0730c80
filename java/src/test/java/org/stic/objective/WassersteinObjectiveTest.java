package org.stic.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.ReferenceExecutor;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.settings.BatchSettings;

/**
 * The critic's loss in closed form: a critic {@code s |x|^2 / 2} has the slope {@code s |x|}, which
 * tells where the penalty looks at it.
 */
class WassersteinObjectiveTest {
  private static final BatchSettings BATCH = new BatchSettings(4, 1, 2, 1);
  private static final int ELEMENTS = 6;
  private static final int CLASSES = 2;
  private static final double STEEPNESS = .75;
  private static final double[] SHARES = {.25, .5, .875};

  private final Graph graph = new Graph();
  private final double[] images = new double[BATCH.total() * ELEMENTS];

  @Test
  void valueIsContrastAndPenaltyBetweenPairs() {
    for (int element = 0; element < images.length; element++) {
      images[element] = Math.sin(1 + element);
    }
    Objective objective = new WassersteinObjective(.5, .25, 10);
    BatchView view = view();
    Map<String, double[]> inputs = new HashMap<>();
    inputs.put("images", images);
    inputs.put("shares", SHARES);
    inputs.put("class-weights", new double[BATCH.total() * CLASSES]);
    ReferenceExecutor reference = new ReferenceExecutor(inputs);
    double real = mean(0, 4, this::critic);
    double contrast =
        .5 * (mean(5, 7, this::critic) - real) + .25 * (mean(7, 8, this::critic) - real);
    double penalty = mean(0, 3, pair -> Math.pow(slopeBetween(pair) - 1, 2));
    assertEquals(contrast + 10 * penalty, reference.value(objective.loss(view))[0], 1e-7);
    double gap = reference.value(objective.gap(view).orElseThrow())[0];
    assertEquals(real - mean(5, 7, this::critic), gap, 1e-7);
  }

  private double critic(int image) {
    double squares = 0;
    for (int element = 0; element < ELEMENTS; element++) {
      squares += Math.pow(images[image * ELEMENTS + element], 2);
    }
    return STEEPNESS * squares / 2;
  }

  /** Pair i is real image i and drawing i, which lie behind four real and one mixup image. */
  private double slopeBetween(int pair) {
    double squares = 0;
    for (int element = 0; element < ELEMENTS; element++) {
      double real = images[pair * ELEMENTS + element];
      double drawing = images[(5 + pair) * ELEMENTS + element];
      squares += Math.pow(SHARES[pair] * real + (1 - SHARES[pair]) * drawing, 2);
    }
    return STEEPNESS * Math.sqrt(squares);
  }

  private static double mean(int from, int to, IntToDoubleFunction value) {
    double sum = 0;
    for (int index = from; index < to; index++) {
      sum += value.applyAsDouble(index);
    }
    return sum / (to - from);
  }

  private BatchView view() {
    Tensor batch = graph.input("images", Shape.of(BATCH.total(), 1, 2, 3));
    Tensor shares = graph.input("shares", Shape.of(SHARES.length, 1, 1, 1));
    Tensor weights = graph.input("class-weights", Shape.of(BATCH.total(), CLASSES));
    return new BatchView(
        batch, logits(batch), weights, BATCH, WassersteinObjectiveTest::logits, _ -> shares);
  }

  /** Zeros for the classes and "fake", then the critic. */
  private static Tensor logits(Tensor images) {
    int count = images.shape().dim(0);
    Tensor squares = Ops.sum(Ops.square(images), 1, 2, 3);
    Tensor critic = Ops.reshape(Ops.scale(squares, (float) STEEPNESS / 2), Shape.of(count, 1));
    return Ops.concat(1, images.graph().constant(Shape.of(count, CLASSES + 1), 0), critic);
  }
}
