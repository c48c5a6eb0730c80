package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.model.NoiseRange;
import org.stic.model.Parameter;
import org.stic.model.ScoreNetwork;
import org.stic.model.Weights;
import org.stic.objective.DenoisingScoreMatching;
import org.stic.objective.FiniteDifferenceScoreMatching;
import org.stic.objective.ScoreMatching;
import org.stic.objective.SlicedScoreMatching;

/**
 * Gradients of a small score network's density with respect to the image, and of score matching
 * losses with respect to each parameter, against central differences along random directions in
 * double precision.
 */
class ScoreNetworkGradientTest {
  private static final int IMAGES = 2;
  private static final int CLASSES = 3;
  private static final double STEP = 1e-5;

  private final ScoreNetwork network =
      new ScoreNetwork(Shape.of(1, 8, 8), CLASSES, List.of(2, 3, 2, 2), new NoiseRange(.05, 2), .6);
  private final Random random = new Random(TestSeed.value());
  private final Graph graph = new Graph();
  private final Map<String, double[]> values = new HashMap<>();
  private final Tensor clean = input("images", IMAGES, 1, 8, 8);
  private final Tensor normal = input("normal", IMAGES, 1, 8, 8);
  private final Tensor directions = input("directions", IMAGES, 1, 8, 8);
  private final Tensor noise = input("noise", IMAGES, 1);
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  ScoreNetworkGradientTest() {
    values.put("noise", new double[] {.3f, 1.1f});
    for (Parameter parameter : network.parameters()) {
      parameters.put(parameter.name(), input(parameter.name(), parameter.shape().dims()));
      double[] weights = values.get(parameter.name());
      IntStream.range(0, weights.length).forEach(i -> weights[i] *= .4);
    }
  }

  private Tensor input(String name, int... dims) {
    Shape shape = Shape.of(dims);
    values.put(name, random.doubles(shape.elements(), -1, 1).toArray());
    return graph.input(name, shape);
  }

  private Tensor logDensity(Tensor images) {
    Tensor weights = graph.constant(Shape.of(IMAGES, CLASSES), 1, 0, 0, 0, .4f, .6f);
    return network.apply(images, noise, new Weights(parameters)).logDensity(weights);
  }

  private ScoreMatching.NoisyImages noisy() {
    return ScoreMatching.NoisyImages.of(clean, normal, directions, noise, .6f);
  }

  static List<ScoreMatching> forms() {
    return List.of(new DenoisingScoreMatching(), new SlicedScoreMatching());
  }

  @Test
  void theScoreIsTheGradientOfTheDensity() {
    requireDifferences(logDensity(clean), Map.of("images", clean));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void lossesHaveTheGradientsOfTheirValues(ScoreMatching form) {
    requireDifferences(form.loss(noisy(), this::logDensity), parameters);
  }

  /**
   * The value is the same by definition; the gradient is a difference's in place of a derivative.
   */
  @Test
  void finiteDifferencesGiveTheGradientOfDenoising() {
    UnaryOperator<Tensor> density = this::logDensity;
    Tensor exact = new DenoisingScoreMatching().loss(noisy(), density);
    Tensor difference = new FiniteDifferenceScoreMatching().loss(noisy(), density);
    List<Tensor> wanted = Gradients.of(exact, List.copyOf(parameters.values()));
    List<Tensor> found = Gradients.of(difference, List.copyOf(parameters.values()));
    ReferenceExecutor reference = new ReferenceExecutor(values);
    assertEquals(reference.value(exact)[0], reference.value(difference)[0], 1e-9);
    double dot = 0;
    double wantedSquares = 0;
    double foundSquares = 0;
    for (int index = 0; index < wanted.size(); index++) {
      dot += dot(reference.value(wanted.get(index)), reference.value(found.get(index)));
      wantedSquares += dot(reference.value(wanted.get(index)), reference.value(wanted.get(index)));
      foundSquares += dot(reference.value(found.get(index)), reference.value(found.get(index)));
    }
    assertEquals(1, dot / Math.sqrt(wantedSquares * foundSquares), 1e-4);
    assertEquals(1, Math.sqrt(foundSquares / wantedSquares), 1e-3);
  }

  /** One random direction for each tensor. */
  private void requireDifferences(Tensor value, Map<String, Tensor> tensors) {
    List<Tensor> gradients = Gradients.of(value, new ArrayList<>(tensors.values()));
    ReferenceExecutor reference = new ReferenceExecutor(values);
    int index = 0;
    int reached = 0;
    for (String name : tensors.keySet()) {
      double[] direction = random.doubles(values.get(name).length, -1, 1).toArray();
      double slope = dot(reference.value(gradients.get(index++)), direction);
      double difference =
          (moved(value, name, direction, STEP) - moved(value, name, direction, -STEP)) / (2 * STEP);
      assertEquals(
          difference,
          slope,
          1e-6 * (1 + Math.abs(difference)),
          "%s; seed %d".formatted(name, TestSeed.value()));
      reached += Math.abs(slope) > 1e-6 ? 1 : 0;
    }
    assertTrue(reached > tensors.size() / 2, reached + " of " + tensors.size() + " matter");
  }

  private double moved(Tensor value, String name, double[] direction, double step) {
    Map<String, double[]> there = new HashMap<>(values);
    double[] point = values.get(name).clone();
    IntStream.range(0, point.length).forEach(i -> point[i] += step * direction[i]);
    there.put(name, point);
    double sum = 0;
    for (double element : new ReferenceExecutor(there).value(value)) {
      sum += element;
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
