package org.stic.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stic.cuda.Device;
import org.stic.cuda.TestDevice;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.ReferenceExecutor;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.model.ConvClassifier;
import org.stic.model.ConvolutionSettings;
import org.stic.model.Parameter;
import org.stic.model.Weights;
import org.stic.random.Purpose;
import org.stic.random.RandomKey;
import org.stic.settings.BatchSettings;
import org.stic.settings.EnergyFunction;

/**
 * Each objective's gradient with respect to the parameters of a small classifier against finite
 * differences of its value in double precision, and the device against both. For the critic the
 * value holds first gradients, so its gradient is of second order.
 */
class ObjectiveGradientTest {
  private static final BatchSettings BATCH = new BatchSettings(3, 2, 2, 2);
  private static final Shape IMAGE = Shape.of(2, 5, 4);
  private static final int CLASSES = 3;
  private static final int PAIRS = 3;
  private static final double STEP = 1e-5;

  private final RandomGenerator random = new RandomKey(6, Purpose.UPDATE_BATCH, 0, 0).generator();
  private final ConvClassifier classifier =
      ConvClassifier.of(
          IMAGE,
          CLASSES,
          List.of(new ConvolutionSettings(3, 4, 2, 1), new ConvolutionSettings(2, 2, 1, 0)));
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Graph graph = new Graph();

  static List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>();
    for (boolean withFakeClass : new boolean[] {false, true}) {
      objectives.add(new CrossEntropyObjective(BatchPart.REAL, withFakeClass));
      objectives.add(new CrossEntropyObjective(BatchPart.MIXUP, withFakeClass));
    }
    objectives.add(new IntrospectiveObjective(1, .3, .2));
    objectives.add(new FakeClassObjective(.3, .2));
    for (EnergyFunction function : EnergyFunction.values()) {
      objectives.add(new EnergyObjective(function, .3, .2, .05));
    }
    objectives.add(new WassersteinObjective(.3, .2, 10));
    return objectives;
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void gradientIsTheSlopeOfTheValue(Objective objective) {
    Tensor loss = objective.loss(view());
    List<Tensor> gradients = Gradients.of(loss, List.copyOf(parameters.values()));
    ReferenceExecutor reference = new ReferenceExecutor(values);
    double largest = 0;
    int index = 0;
    for (String name : parameters.keySet()) {
      double[] gradient = reference.value(gradients.get(index++));
      for (int element = 0; element < gradient.length; element++) {
        double slope = slope(loss, name, element);
        assertEquals(slope, gradient[element], 1e-6 * (1 + Math.abs(slope)), name + element);
        largest = Math.max(largest, Math.abs(slope));
      }
    }
    assertTrue(largest > 1e-3, "no parameter has a gradient");
    requireDeviceAgrees(loss, gradients, reference);
  }

  private void requireDeviceAgrees(
      Tensor loss, List<Tensor> gradients, ReferenceExecutor reference) {
    graph.output("loss", loss);
    for (int index = 0; index < gradients.size(); index++) {
      graph.output("gradient" + index, gradients.get(index));
    }
    try (Device device = TestDevice.open();
        Program program = Program.compile(device, graph)) {
      graph.inputs().keySet().forEach(name -> program.set(name, floats(values.get(name))));
      program.run();
      requireEqual(reference.value(loss), program.get("loss"));
      for (int index = 0; index < gradients.size(); index++) {
        requireEqual(reference.value(gradients.get(index)), program.get("gradient" + index));
      }
    }
  }

  private static void requireEqual(double[] expected, float[] actual) {
    for (int element = 0; element < expected.length; element++) {
      double tolerance = 2e-4 * (1 + Math.abs(expected[element]));
      assertEquals(expected[element], actual[element], tolerance);
    }
  }

  private double slope(Tensor loss, String name, int element) {
    return (moved(loss, name, element, STEP) - moved(loss, name, element, -STEP)) / (2 * STEP);
  }

  private double moved(Tensor loss, String name, int element, double step) {
    Map<String, double[]> elsewhere = new HashMap<>(values);
    double[] changed = values.get(name).clone();
    changed[element] += step;
    elsewhere.put(name, changed);
    return new ReferenceExecutor(elsewhere).value(loss)[0];
  }

  private BatchView view() {
    for (Parameter parameter : classifier.parameters()) {
      parameters.put(parameter.name(), input(parameter.name(), parameter.shape(), .5));
    }
    Weights weights = new Weights(parameters);
    int[] image = IMAGE.dims();
    Tensor images = input("images", Shape.of(BATCH.total(), image[0], image[1], image[2]), 1);
    Tensor shares = input("shares", Shape.of(PAIRS, 1, 1, 1), 1);
    values.put("shares", new double[] {.3, .9, .1});
    return new BatchView(
        images,
        classifier.apply(images, weights).logits(),
        classWeights(),
        BATCH,
        asked -> classifier.apply(asked, weights).logits(),
        shape -> {
          assertEquals(shares.shape(), shape);
          return shares;
        });
  }

  private Tensor classWeights() {
    double[] rows = new double[BATCH.total() * CLASSES];
    for (int row = 0; row < BATCH.total(); row++) {
      boolean isMixed = row == 3 || row == 4 || row >= 7;
      rows[row * CLASSES + row % CLASSES] = isMixed ? .25 : 1;
      rows[row * CLASSES + (row + 1) % CLASSES] += isMixed ? .75 : 0;
    }
    Tensor input = graph.input("class-weights", Shape.of(BATCH.total(), CLASSES));
    values.put("class-weights", rows);
    return input;
  }

  private Tensor input(String name, Shape shape, double deviation) {
    double[] drawn = new double[shape.intElements()];
    Arrays.setAll(drawn, _ -> (float) (deviation * random.nextGaussian()));
    values.put(name, drawn);
    return graph.input(name, shape);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      floats[index] = (float) values[index];
    }
    return floats;
  }
}
