package org.stic.objective;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Mean cross-entropy {@code -sum_k t_k log softmax(z)_k} with {@code t_k = (1 - s) w_k + s / K}. On
 * real images it is empirical risk minimisation; on mixup images, which carry two classes' weights,
 * it is vicinal risk minimisation.
 *
 * <p>Source: Zhang et al., "mixup: beyond empirical risk minimization", ICLR 2018.
 *
 * @param part the images it looks at
 * @param withFakeClass whether "fake" competes as one more class
 * @param smoothing share s of the labels' mass that is spread evenly over the K classes (Szegedy et
 *     al., 2016)
 */
public record CrossEntropyObjective(BatchPart part, boolean withFakeClass, double smoothing)
    implements Objective {

  /** Without smoothing. */
  public CrossEntropyObjective(BatchPart part, boolean withFakeClass) {
    this(part, withFakeClass, 0);
  }

  @Override
  public Tensor loss(BatchView batch) {
    int columns = batch.classes() + (withFakeClass ? 1 : 0);
    Tensor smooth = smoothed(batch.weights(part));
    Tensor targets = withFakeClass ? withoutFake(smooth) : smooth;
    return batch.mean(part, Ops.crossEntropy(batch.logits(part, columns), targets));
  }

  private Tensor smoothed(Tensor weights) {
    double spread = smoothing / weights.shape().dim(1);
    return Ops.affine(weights, (float) (1 - smoothing), (float) spread);
  }

  private static Tensor withoutFake(Tensor weights) {
    Tensor zeros = weights.graph().constant(Shape.of(weights.shape().dim(0), 1), 0);
    return Ops.concat(1, weights, zeros);
  }
}
