package org.stic.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/** One application of layers to a batch: their weights, and whose statistics normalise. */
final class LayerPass {
  /** Share of the last batch in running statistics, PyTorch's "momentum". */
  private static final float NEWEST = 0.1f;

  private final Weights weights;
  private final boolean isTraining;
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();

  private LayerPass(Weights weights, boolean isTraining) {
    this.weights = weights;
    this.isTraining = isTraining;
  }

  /** Running statistics normalise. */
  static LayerPass withRunningStatistics(Weights weights) {
    return new LayerPass(weights, false);
  }

  /** The statistics of the batch normalise, and the running ones follow them. */
  static LayerPass inTraining(Weights weights) {
    return new LayerPass(weights, true);
  }

  boolean isTraining() {
    return isTraining;
  }

  Weights weights() {
    return weights;
  }

  Tensor weight(String name) {
    return weights.get(name);
  }

  /** Lets a running statistic follow that of the batch. */
  void follow(String name, Tensor ofBatch) {
    Tensor kept = Ops.scale(weight(name), 1 - NEWEST);
    statistics.put(name, Ops.add(kept, Ops.scale(Ops.stopGradient(ofBatch), NEWEST)));
  }

  /** The running statistics as they are after the batch. */
  Map<String, Tensor> statistics() {
    return statistics;
  }
}
