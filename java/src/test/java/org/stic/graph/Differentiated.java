package org.stic.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.stic.graph.op.ConstantOp;

/**
 * A row of the gradient table as a graph: the operation's value, its first gradients under a random
 * upstream, and its second gradients, which are the gradients of a random projection of the first.
 */
final class Differentiated {

  final Graph graph = new Graph();
  final List<Tensor> operands;
  final Tensor value;
  final List<Tensor> first;
  final List<Tensor> second;
  private final Map<String, double[]> inputs = new HashMap<>();
  private final List<Tensor> projections = new ArrayList<>();

  Differentiated(GradientCase row, long seed) {
    Random random = new Random(seed);
    operands = row.inputs(graph);
    for (int i = 0; i < operands.size(); i++) {
      inputs.put(Integer.toString(i), row.operands().get(i).draw(random));
    }
    value = row.build().apply(operands);
    projections.add(weights(value, random));
    first = Gradients.of(value, operands, projections.getFirst());
    first.forEach(gradient -> projections.add(weights(gradient, random)));
    second = Gradients.of(projectionOfFirst(), operands);
  }

  private Tensor weights(Tensor tensor, Random random) {
    int elements = tensor.shape().intElements();
    float[] weights = new float[elements];
    IntStream.range(0, elements).forEach(i -> weights[i] = 2 * random.nextFloat() - 1);
    return graph.node(new ConstantOp(tensor.shape(), weights));
  }

  private Tensor projectionOfFirst() {
    return IntStream.range(0, first.size())
        .mapToObj(i -> Ops.sum(Ops.multiply(first.get(i), projections.get(i + 1))))
        .reduce(Ops::add)
        .orElseThrow();
  }

  /** Inputs by name. */
  Map<String, double[]> inputs() {
    return inputs;
  }

  /** The scalar whose gradients are {@link #first}. */
  double projectedValue(Map<String, double[]> at) {
    return projected(new ReferenceExecutor(at), value, projections.getFirst());
  }

  /** The scalar whose gradients are {@link #second}. */
  double projectedFirst(Map<String, double[]> at) {
    ReferenceExecutor reference = new ReferenceExecutor(at);
    return IntStream.range(0, first.size())
        .mapToDouble(i -> projected(reference, first.get(i), projections.get(i + 1)))
        .sum();
  }

  private static double projected(ReferenceExecutor reference, Tensor tensor, Tensor weights) {
    double[] values = reference.value(tensor);
    double[] factors = reference.value(weights);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] * factors[i]).sum();
  }
}
