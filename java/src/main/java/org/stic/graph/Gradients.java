package org.stic.graph;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.stic.graph.op.Backward;

/**
 * Reverse-mode differentiation: a sweep against the creation order that asks each operation for its
 * vector-Jacobian products and adds them up in a fixed order. The results are nodes of the same
 * graph, so they can be differentiated again. Only nodes between the targets and the differentiated
 * value are visited.
 */
public final class Gradients {

  private final Map<Tensor, Tensor> gradients = new HashMap<>();
  private final BitSet relevant = new BitSet();

  private Gradients() {}

  /**
   * Gradient of the sum of all elements of {@code y} with respect to each tensor; zeros where y
   * does not depend on it.
   */
  public static List<Tensor> of(Tensor y, List<Tensor> withRespectTo) {
    return of(y, withRespectTo, y.graph().constant(y.shape(), 1));
  }

  /**
   * Vector-Jacobian product: the gradient of the sum of {@code y * upstream}, upstream being held
   * fixed.
   */
  public static List<Tensor> of(Tensor y, List<Tensor> withRespectTo, Tensor upstream) {
    if (!upstream.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "gradients: upstream %s must have the shape of %s".formatted(upstream.shape(), y));
    }
    Gradients sweep = new Gradients();
    sweep.markRelevant(y, withRespectTo);
    sweep.gradients.put(y, upstream);
    sweep.run(y);
    return withRespectTo.stream().map(sweep::gradient).toList();
  }

  private void markRelevant(Tensor y, List<Tensor> withRespectTo) {
    withRespectTo.forEach(target -> relevant.set(target.index()));
    for (Node node : y.graph().nodes().subList(0, y.index() + 1)) {
      if (node instanceof Tensor tensor && leadsToATarget(tensor)) {
        relevant.set(tensor.index());
      }
    }
  }

  private boolean leadsToATarget(Tensor tensor) {
    return tensor.operation().inputs().stream().anyMatch(this::isRelevant);
  }

  private boolean isRelevant(Tensor tensor) {
    return relevant.get(tensor.index());
  }

  private void run(Tensor y) {
    List<Node> nodes = y.graph().nodes();
    for (int index = y.index(); index >= 0; index--) {
      if (nodes.get(index) instanceof Tensor tensor
          && leadsToATarget(tensor)
          && gradients.containsKey(tensor)) {
        tensor.operation().gradient(new Visit(tensor, gradients.get(tensor)));
      }
    }
  }

  private Tensor gradient(Tensor target) {
    Tensor gradient = gradients.get(target);
    return gradient != null ? gradient : target.graph().constant(target.shape(), 0);
  }

  private final class Visit implements Backward {

    private final Tensor output;
    private final Tensor upstream;

    private Visit(Tensor output, Tensor upstream) {
      this.output = output;
      this.upstream = upstream;
    }

    @Override
    public Tensor output() {
      return output;
    }

    @Override
    public Tensor upstream() {
      return upstream;
    }

    @Override
    public void to(Tensor input, Supplier<Tensor> rule) {
      if (isRelevant(input)) {
        gradients.merge(input, rule.get(), Ops::add);
      }
    }
  }
}
