package org.stic.objective;

import java.util.List;
import java.util.Optional;
import org.stic.graph.Gradients;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * A critic f, the last logit, whose mean difference between real images and drawings is their
 * Wasserstein distance while its slope stays at 1,
 *
 * <pre>
 *   hard (mean f(hard) - mean f(real)) + soft (mean f(soft) - mean f(real))
 *     + penalty mean_i (|grad_x f(x_i)| - 1)^2,   x_i = u_i real_i + (1 - u_i) drawing_i,
 * </pre>
 *
 * u uniform in [0, 1). The gradient with respect to the parameters differentiates the network
 * twice.
 *
 * <p>Source: Lee, Xu, Fan, Tu, "Wasserstein introspective neural networks", CVPR 2018; the penalty:
 * Gulrajani et al., "Improved training of Wasserstein GANs", NeurIPS 2017.
 */
public record WassersteinObjective(double hard, double soft, double penalty) implements Objective {
  /** Keeps the slope's gradient finite where the critic is flat. */
  private static final float LEAST_SQUARE = 1e-12f;

  @Override
  public Tensor loss(BatchView batch) {
    Tensor contrast = new Contrast(hard, soft).of(batch, batch::critic);
    return Ops.add(contrast, Ops.scale(gradientPenalty(batch), (float) penalty));
  }

  @Override
  public Optional<Tensor> gap(BatchView batch) {
    return Optional.of(Contrast.gap(batch, batch::critic));
  }

  private static Tensor gradientPenalty(BatchView batch) {
    Tensor between = interpolates(batch);
    Tensor critic = batch.critic(batch.network().apply(between));
    Tensor gradient = Gradients.of(critic, List.of(between)).getFirst();
    Tensor square = Ops.sum(Ops.square(gradient), 1, 2, 3);
    Tensor slope = Ops.sqrt(Ops.affine(square, 1, LEAST_SQUARE));
    return Ops.mean(Ops.square(Ops.affine(slope, 1, -1)));
  }

  /** Points between real images and drawings, as many as there are pairs. */
  private static Tensor interpolates(BatchView batch) {
    Tensor drawings = drawings(batch);
    Tensor real = batch.images(BatchPart.REAL);
    int pairs = Math.min(real.shape().dim(0), drawings.shape().dim(0));
    Tensor share = batch.uniform().apply(Shape.of(pairs, 1, 1, 1));
    Tensor from = Ops.slice(drawings, 0, 0, pairs);
    Tensor way = Ops.subtract(Ops.slice(real, 0, 0, pairs), from);
    return Ops.add(from, Ops.multiply(way, share));
  }

  private static Tensor drawings(BatchView batch) {
    if (!batch.has(BatchPart.SOFT)) {
      return batch.images(BatchPart.HARD);
    }
    return batch.has(BatchPart.HARD)
        ? Ops.concat(0, batch.images(BatchPart.HARD), batch.images(BatchPart.SOFT))
        : batch.images(BatchPart.SOFT);
  }
}
