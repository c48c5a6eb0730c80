package org.stic.objective;

import java.util.function.Function;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;

/**
 * The difference of a score between drawings and real images,
 *
 * <pre>
 *   hard (mean f(hard drawings) - mean f(real)) + soft (mean f(soft drawings) - mean f(real)),
 * </pre>
 *
 * the form that energy and critic share.
 *
 * @param hard weight of the hard drawings
 * @param soft weight of the soft drawings
 */
record Contrast(double hard, double soft) {

  /** The difference for a score of each kind of images, shape [images]; a scalar. */
  Tensor of(BatchView batch, Function<BatchPart, Tensor> score) {
    Tensor real = batch.mean(BatchPart.REAL, score.apply(BatchPart.REAL));
    Tensor sum = batch.zero();
    for (BatchPart part : new BatchPart[] {BatchPart.HARD, BatchPart.SOFT}) {
      if (batch.has(part)) {
        Tensor difference = Ops.subtract(batch.mean(part, score.apply(part)), real);
        sum = Ops.add(sum, Ops.scale(difference, (float) weight(part)));
      }
    }
    return sum;
  }

  private double weight(BatchPart part) {
    return part == BatchPart.HARD ? hard : soft;
  }

  /** How much higher real images score than the first kind of drawings that the batch has. */
  static Tensor gap(BatchView batch, Function<BatchPart, Tensor> score) {
    BatchPart drawn = batch.has(BatchPart.HARD) ? BatchPart.HARD : BatchPart.SOFT;
    Tensor real = batch.mean(BatchPart.REAL, score.apply(BatchPart.REAL));
    return Ops.subtract(real, batch.mean(drawn, score.apply(drawn)));
  }
}
