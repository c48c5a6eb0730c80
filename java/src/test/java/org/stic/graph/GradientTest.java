package org.stic.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * First and second gradients of every operation against central differences in double precision.
 */
class GradientTest {

  private static final double STEP = 1e-5;

  static List<GradientCase> rows() {
    return GradientTable.rows();
  }

  @Test
  void everyDifferentiableOperationHasARow() {
    Set<Class<?>> covered = new HashSet<>();
    rows().forEach(row -> covered.add(row.op()));
    assertEquals(new HashSet<>(GradientTable.differentiable()), covered);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowIsAboutItsOperation(GradientCase row) {
    Graph graph = new Graph();
    Tensor value = row.build().apply(row.inputs(graph));
    assertEquals(row.op(), withoutReshape(row, value).operation().getClass());
  }

  /** Sums and products of rows end in a reshape that costs nothing. */
  private static Tensor withoutReshape(GradientCase row, Tensor value) {
    Tensor viewed = value.operation().viewOf();
    return viewed == null || row.op().isInstance(value.operation()) ? value : viewed;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void firstGradientsAreTheDifferences(GradientCase row) {
    Differentiated graph = new Differentiated(row, TestSeed.value());
    requireDifferences(graph, graph.first, graph::projectedValue);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void secondGradientsAreTheDifferences(GradientCase row) {
    Differentiated graph = new Differentiated(row, TestSeed.value());
    requireDifferences(graph, graph.second, graph::projectedFirst);
  }

  private static void requireDifferences(
      Differentiated graph,
      List<Tensor> gradients,
      ToDoubleFunction<Map<String, double[]>> function) {
    ReferenceExecutor reference = new ReferenceExecutor(graph.inputs());
    for (int operand = 0; operand < gradients.size(); operand++) {
      double[] gradient = reference.value(gradients.get(operand));
      for (int element = 0; element < gradient.length; element++) {
        double difference =
            difference(graph.inputs(), Integer.toString(operand), element, function);
        double error = Math.abs(gradient[element] - difference);
        String where =
            "operand %d element %d: %s, differences say %s; seed %d"
                .formatted(operand, element, gradient[element], difference, TestSeed.value());
        assertTrue(error <= 1e-7 * (1 + Math.abs(difference)), where);
      }
    }
  }

  private static double difference(
      Map<String, double[]> inputs,
      String name,
      int element,
      ToDoubleFunction<Map<String, double[]>> function) {
    return (function.applyAsDouble(moved(inputs, name, element, STEP))
            - function.applyAsDouble(moved(inputs, name, element, -STEP)))
        / (2 * STEP);
  }

  private static Map<String, double[]> moved(
      Map<String, double[]> inputs, String name, int element, double step) {
    Map<String, double[]> moved = new HashMap<>(inputs);
    double[] values = inputs.get(name).clone();
    values[element] += step;
    moved.put(name, values);
    return moved;
  }
}
