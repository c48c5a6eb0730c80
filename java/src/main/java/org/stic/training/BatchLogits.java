package org.stic.training;

import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.settings.BatchSettings;

/**
 * What objectives see of one forward pass over a whole batch.
 *
 * @param logits shape [images, classes + 2]: the classes, "fake", a spare
 * @param weights class weights of each image, shape [images, classes]
 * @param batch how many images of each kind there are
 */
record BatchLogits(Tensor logits, Tensor weights, BatchSettings batch) {

  /** Number of real classes. */
  int classes() {
    return weights.shape().dim(1);
  }

  /** Whether the batch has images of a kind. */
  boolean has(BatchPart part) {
    return part.count(batch) > 0;
  }

  /** The first {@code columns} logits of one kind of images. */
  Tensor logits(BatchPart part, int columns) {
    return Ops.slice(rows(logits, part), 1, 0, columns);
  }

  /** The class weights of one kind of images. */
  Tensor weights(BatchPart part) {
    return rows(weights, part);
  }

  /** Mean over images of {@code sum_k w_k f_k}, a scalar. */
  Tensor weightedMean(BatchPart part, Tensor perClass) {
    Tensor sum = Ops.sum(Ops.multiply(weights(part), perClass), 0, 1);
    return scalar(Ops.affine(sum, 1f / part.count(batch), 0));
  }

  /** Mean over images of a value per image, a scalar. */
  Tensor mean(BatchPart part, Tensor perImage) {
    return scalar(Ops.affine(Ops.sum(perImage, 0), 1f / part.count(batch), 0));
  }

  private Tensor rows(Tensor tensor, BatchPart part) {
    int from = part.from(batch);
    return Ops.slice(tensor, 0, from, from + part.count(batch));
  }

  private static Tensor scalar(Tensor value) {
    return Ops.reshape(value, Shape.SCALAR);
  }
}
