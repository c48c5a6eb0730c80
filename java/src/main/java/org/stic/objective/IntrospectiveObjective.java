package org.stic.objective;

import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/**
 * Each class logit as a detector of real images of its class: {@code anchor * softplus(-z_y)} on
 * real images, {@code hard * softplus(z_c)} on drawings of a class, {@code soft * sum_k w_k
 * softplus(z_k)} on drawings of a mixture.
 *
 * <p>Source: Jin, Lazarow, Tu, "Introspective classification with convolutional nets", NeurIPS
 * 2017.
 */
public record IntrospectiveObjective(double anchor, double hard, double soft) implements Objective {

  @Override
  public Tensor loss(BatchView batch) {
    Tensor loss = detect(batch, BatchPart.REAL, -1, anchor);
    if (batch.has(BatchPart.HARD)) {
      loss = Ops.add(loss, detect(batch, BatchPart.HARD, 1, hard));
    }
    if (batch.has(BatchPart.SOFT)) {
      loss = Ops.add(loss, detect(batch, BatchPart.SOFT, 1, soft));
    }
    return loss;
  }

  private static Tensor detect(BatchView batch, BatchPart part, float sign, double weight) {
    Tensor logits = batch.logits(part, batch.classes());
    Tensor perClass = Ops.softplus(Ops.affine(logits, sign, 0));
    return Ops.affine(batch.weightedMean(part, perClass), (float) weight, 0);
  }
}
