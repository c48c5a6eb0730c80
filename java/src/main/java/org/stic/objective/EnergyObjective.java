package org.stic.objective;

import java.util.Optional;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;
import org.stic.settings.EnergyFunction;

/**
 * The gradient of maximum likelihood of an energy-based model {@code p ~ exp(f)}: raise f on real
 * images, lower it on drawings,
 *
 * <pre>
 *   hard (mean f(hard) - mean f(real)) + soft (mean f(soft) - mean f(real))
 *     + penalty (sum over these kinds of mean f^2),
 * </pre>
 *
 * with {@code f = logsumexp_k z_k} or {@code f = sum_k w_k z_k}. The penalty keeps the level of f,
 * which the contrast leaves free, near zero.
 *
 * <p>Source: Grathwohl et al., "Your classifier is secretly an energy based model", ICLR 2020; the
 * penalty: Du and Mordatch, "Implicit generation and modeling with energy-based models", NeurIPS
 * 2019.
 */
public record EnergyObjective(EnergyFunction function, double hard, double soft, double penalty)
    implements Objective {

  @Override
  public Tensor loss(BatchView batch) {
    Tensor contrast = new Contrast(hard, soft).of(batch, part -> score(batch, part));
    Tensor squares = squares(batch, BatchPart.REAL);
    squares = Ops.add(squares, squares(batch, BatchPart.HARD));
    squares = Ops.add(squares, squares(batch, BatchPart.SOFT));
    return Ops.add(contrast, Ops.scale(squares, (float) penalty));
  }

  @Override
  public Optional<Tensor> gap(BatchView batch) {
    return Optional.of(Contrast.gap(batch, part -> score(batch, part)));
  }

  private Tensor squares(BatchView batch, BatchPart part) {
    return batch.has(part) ? batch.mean(part, Ops.square(score(batch, part))) : batch.zero();
  }

  private Tensor score(BatchView batch, BatchPart part) {
    Tensor logits = batch.logits(part, batch.classes());
    return switch (function) {
      case LOG_SUM_EXP -> Ops.logSumExp(logits);
      case CLASS_LOGIT -> batch.weighted(part, logits);
    };
  }
}
