package org.stic.objective;

import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Cross-entropy of drawings against "fake" as class K + 1, with a weight for hard and one for soft
 * drawings.
 */
public record FakeClassObjective(double hard, double soft) implements Objective {

  @Override
  public Tensor loss(BatchView batch) {
    Tensor loss = batch.zero();
    if (batch.has(BatchPart.HARD)) {
      loss = Ops.add(loss, rejected(batch, BatchPart.HARD, hard));
    }
    if (batch.has(BatchPart.SOFT)) {
      loss = Ops.add(loss, rejected(batch, BatchPart.SOFT, soft));
    }
    return loss;
  }

  private static Tensor rejected(BatchView batch, BatchPart part, double weight) {
    Tensor logits = batch.logits(part, batch.classes() + 1);
    Tensor crossEntropy = Ops.crossEntropy(logits, fake(logits));
    return Ops.affine(batch.mean(part, crossEntropy), (float) weight, 0);
  }

  private static Tensor fake(Tensor logits) {
    Graph graph = logits.graph();
    int images = logits.shape().dim(0);
    int classes = logits.shape().dim(1) - 1;
    return Ops.concat(
        1, graph.constant(Shape.of(images, classes), 0), graph.constant(Shape.of(images, 1), 1));
  }
}
