package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.stic.model.CifarResNet;
import org.stic.model.ClassifierNetwork;
import org.stic.model.Normalisation;
import org.stic.model.Parameter;
import org.stic.model.Weights;
import org.stic.model.WideResNet;

/**
 * Residual networks in training: gradients of the logits, and of a penalty on the gradient by the
 * images, against central differences along random directions in double precision; and running
 * statistics against their definition.
 */
class ResidualNetworkGradientTest {
  private static final int IMAGES = 3;
  private static final Shape IMAGE = Shape.of(2, 7, 6);
  private static final double STEP = 1e-7;

  /** Of many parameters, every so many-th is moved. */
  private static final int EVERY = 3;

  private final Random random = new Random(TestSeed.value());
  private final Graph graph = new Graph();
  private final Map<String, double[]> values = new HashMap<>();

  record Case(String name, ClassifierNetwork network) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case("batch", new CifarResNet(8, 3, Normalisation.BATCH).network(IMAGE, 3, 2)),
        new Case("frozen", new CifarResNet(8, 3, Normalisation.FROZEN_BATCH).network(IMAGE, 3, 2)),
        new Case("group", new CifarResNet(8, 8, Normalisation.GROUP).network(IMAGE, 3, 2)),
        new Case("none", new CifarResNet(8, 3, Normalisation.NONE).network(IMAGE, 3, 2)),
        new Case("jem", wide(WideResNet.Layout.JEM, Normalisation.NONE)),
        new Case("wide, batch", wide(WideResNet.Layout.STANDARD, Normalisation.BATCH)));
  }

  private static ClassifierNetwork wide(WideResNet.Layout layout, Normalisation normalisation) {
    return new WideResNet(10, 1, layout, normalisation).network(Shape.of(1, 4, 4), 3, 0);
  }

  private Tensor input(String name, Shape shape, double mean, double deviation) {
    double[] drawn =
        random.doubles(shape.elements(), -1, 1).map(x -> mean + deviation * x).toArray();
    values.put(name, drawn);
    return graph.input(name, shape);
  }

  private Tensor images(ClassifierNetwork network) {
    Shape image = network.input();
    return input("images", Shape.of(IMAGES, image.dim(0), image.dim(1), image.dim(2)), 0, 1);
  }

  private Map<String, Tensor> parameters(ClassifierNetwork network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      boolean isVector = parameter.shape().rank() == 1;
      double deviation = isVector ? 0.3 : Math.max(0.3, parameter.deviation());
      tensors.put(
          parameter.name(),
          input(parameter.name(), parameter.shape(), parameter.mean(), deviation));
    }
    return tensors;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsAndPenaltiesHaveTheGradientsOfTheirValues(Case chosen) {
    ClassifierNetwork network = chosen.network;
    Tensor images = images(network);
    Map<String, Tensor> parameters = parameters(network);
    Tensor logits =
        network.applyInTraining(images, new Weights(parameters), UnaryOperator.identity()).logits();
    Tensor density = Ops.sum(Ops.logSumExp(logits));
    Map<String, Tensor> moved = chosen(parameters);
    moved.put("images", images);
    requireDifferences(density, moved);
    Tensor slope = Gradients.of(density, List.of(images)).getFirst();
    requireDifferences(Ops.sum(Ops.square(slope)), moved);
  }

  private static Map<String, Tensor> chosen(Map<String, Tensor> parameters) {
    Map<String, Tensor> chosen = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      if (index++ % EVERY == 0 && !parameter.getKey().contains("running")) {
        chosen.put(parameter.getKey(), parameter.getValue());
      }
    }
    return chosen;
  }

  private void requireDifferences(Tensor value, Map<String, Tensor> tensors) {
    List<Tensor> gradients = Gradients.of(value, List.copyOf(tensors.values()));
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
          1e-5 * (1 + Math.abs(difference)),
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
    return new ReferenceExecutor(there).value(value)[0];
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  @Test
  void runningStatisticsFollowThoseOfTheBatch() {
    ClassifierNetwork network = cases().getFirst().network;
    Tensor images = images(network);
    Map<String, Tensor> parameters = parameters(network);
    Map<String, Tensor> after =
        network
            .applyInTraining(images, new Weights(parameters), UnaryOperator.identity())
            .statistics();
    Tensor sums = ImageOps.convolution(images, parameters.get("conv1.weight"), null, 1, 1);
    ReferenceExecutor reference = new ReferenceExecutor(values);
    double[] maps = reference.value(sums);
    int positions = IMAGE.dim(1) * IMAGE.dim(2);
    for (int channel = 0; channel < 3; channel++) {
      int wanted = channel;
      double[] seen =
          IntStream.range(0, maps.length)
              .filter(i -> i / positions % 3 == wanted)
              .mapToDouble(i -> maps[i])
              .toArray();
      double mean = IntStream.range(0, seen.length).mapToDouble(i -> seen[i]).average().orElse(0);
      double squares =
          IntStream.range(0, seen.length).mapToDouble(i -> Math.pow(seen[i] - mean, 2)).sum();
      assertEquals(
          0.9 * values.get("bn1.running_mean")[channel] + 0.1 * mean,
          reference.value(after.get("bn1.running_mean"))[channel],
          1e-6);
      assertEquals(
          0.9 * values.get("bn1.running_var")[channel] + 0.1 * squares / (seen.length - 1),
          reference.value(after.get("bn1.running_var"))[channel],
          1e-6);
    }
    assertEquals(
        network.parameters().stream().filter(Parameter::isStatistic).count(), after.size());
  }

  @Test
  void frozenStatisticsStay() {
    ClassifierNetwork network =
        new CifarResNet(8, 3, Normalisation.FROZEN_BATCH).network(IMAGE, 3, 2);
    Tensor images = images(network);
    Weights weights = new Weights(parameters(network));
    ClassifierNetwork.Outputs outputs =
        network.applyInTraining(images, weights, UnaryOperator.identity());
    assertEquals(Map.of(), outputs.statistics());
    assertEquals(network.apply(images, weights).logits(), outputs.logits());
  }

  /** Folding a straight line into the filter changes nothing. */
  @Test
  void outsideTrainingRunningStatisticsNormalise() {
    ClassifierNetwork network = cases().getFirst().network;
    Tensor images = images(network);
    Map<String, Tensor> parameters = parameters(network);
    Tensor first = network.apply(images, new Weights(parameters)).features().getFirst();
    Tensor sums = ImageOps.convolution(images, parameters.get("conv1.weight"), null, 1, 1);
    ReferenceExecutor reference = new ReferenceExecutor(values);
    double[] maps = reference.value(sums);
    double[] found = reference.value(first);
    int positions = IMAGE.dim(1) * IMAGE.dim(2);
    for (int i = 0; i < maps.length; i++) {
      int channel = i / positions % 3;
      double normal =
          (maps[i] - values.get("bn1.running_mean")[channel])
              / Math.sqrt(values.get("bn1.running_var")[channel] + 1e-5);
      double line = values.get("bn1.weight")[channel] * normal + values.get("bn1.bias")[channel];
      assertEquals(Math.max(0, line), found[i], 1e-6 * (1 + Math.abs(line)));
    }
  }
}
