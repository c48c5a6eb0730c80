package org.stic.objective;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Mean cross-entropy {@code -sum_k w_k log softmax(z)_k}. On real images it is empirical risk
 * minimisation; on mixup images, which carry two classes' weights, it is vicinal risk minimisation.
 *
 * <p>Source: Zhang et al., "mixup: beyond empirical risk minimization", ICLR 2018.
 *
 * @param part the images it looks at
 * @param withFakeClass whether "fake" competes as one more class
 */
public record CrossEntropyObjective(BatchPart part, boolean withFakeClass) implements Objective {

  @Override
  public Tensor loss(BatchView batch) {
    int columns = batch.classes() + (withFakeClass ? 1 : 0);
    Tensor targets = withFakeClass ? withoutFake(batch) : batch.weights(part);
    return batch.mean(part, Ops.crossEntropy(batch.logits(part, columns), targets));
  }

  private Tensor withoutFake(BatchView batch) {
    Tensor weights = batch.weights(part);
    Tensor zeros = weights.graph().constant(Shape.of(weights.shape().dim(0), 1), 0);
    return Ops.concat(1, weights, zeros);
  }
}
