package org.stic.sampler;

import java.util.ArrayList;
import java.util.List;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.ImageOps;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;

/**
 * The Gram matrices T that each chain of a set is drawn to, and by what their squared distances are
 * divided. Owns its memory.
 */
public final class GramTargets implements AutoCloseable {
  private final GramLayers layers;
  private final List<Variable> matrices = new ArrayList<>();
  private final List<Variable> scales = new ArrayList<>();

  GramTargets(Device device, GramLayers layers, int chains) {
    this.layers = layers;
    for (int layer = 0; layer < layers.count(); layer++) {
      int channels = layers.channels(layer);
      Shape shape = Shape.of(chains, channels, channels);
      matrices.add(Variable.allocate(device, "gram-target-" + layer, shape));
      scales.add(Variable.allocate(device, "gram-scale-" + layer, Shape.of(chains)));
    }
  }

  /** The targets of each layer, shape [chains, channels, channels]. */
  public List<Variable> matrices() {
    return matrices;
  }

  /**
   * Adds the nodes that set the divisors {@code |T|^2} from the targets.
   *
   * @param floored whether a divisor is at least the mean of all chains': a nearly flat real image
   *     would blow the relative distance up
   */
  public void assignScales(Graph graph, boolean floored) {
    for (int layer = 0; layer < matrices.size(); layer++) {
      Tensor norms = Ops.sum(Ops.square(graph.read(matrices.get(layer))), 1, 2);
      Tensor divisors = floored ? Ops.maximum(norms, Ops.mean(norms)) : norms;
      graph.assign(scales.get(layer), Ops.reciprocal(divisors));
    }
  }

  /**
   * The loss of each chain, {@code sum_l share_l loss(|G_l - T_l|^2 / divisor_l)}.
   *
   * @param grams of each layer, shape [chains, channels, channels]
   * @return shape [chains]
   */
  Tensor loss(List<Tensor> grams, GramLoss form) {
    Graph graph = grams.getFirst().graph();
    Tensor sum = null;
    for (int layer = 0; layer < matrices.size(); layer++) {
      Tensor distance = ImageOps.gramLoss(grams.get(layer), graph.read(matrices.get(layer)));
      Tensor relative = Ops.multiply(distance, graph.read(scales.get(layer)));
      Tensor part = Ops.scale(form.of(relative), layers.share(layer));
      sum = sum == null ? part : Ops.add(sum, part);
    }
    return sum;
  }

  @Override
  public void close() {
    matrices.forEach(Variable::close);
    scales.forEach(Variable::close);
  }
}
