package org.stic.objective;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.settings.BatchSettings;

/**
 * What objectives see of one batch: its forward pass, and the means to ask the network about other
 * images.
 *
 * @param images as the network saw them, noise included, shape [images, channels, height, width]
 * @param logits shape [images, classes + 2]: the classes, "fake", the critic
 * @param weights class weights of each image, shape [images, classes]
 * @param batch how many images of each kind there are
 * @param network logits of other images under the same parameters
 * @param uniform numbers uniform in [0, 1) of a shape, other ones at each update; asking twice for
 *     a shape gives the same numbers
 */
public record BatchView(
    Tensor images,
    Tensor logits,
    Tensor weights,
    BatchSettings batch,
    UnaryOperator<Tensor> network,
    Function<Shape, Tensor> uniform) {

  /** Number of real classes. */
  public int classes() {
    return weights.shape().dim(1);
  }

  /** Whether the batch has images of a kind. */
  public boolean has(BatchPart part) {
    return part.count(batch) > 0;
  }

  /** The images of one kind. */
  public Tensor images(BatchPart part) {
    return rows(images, part);
  }

  /** The first {@code columns} logits of one kind of images. */
  public Tensor logits(BatchPart part, int columns) {
    return Ops.slice(rows(logits, part), 1, 0, columns);
  }

  /** The class weights of one kind of images. */
  public Tensor weights(BatchPart part) {
    return rows(weights, part);
  }

  /** The critic's value of each image of one kind, shape [images]. */
  public Tensor critic(BatchPart part) {
    return critic(rows(logits, part));
  }

  /** The critic among logits [images, classes + 2]: the last one; shape [images]. */
  Tensor critic(Tensor all) {
    Tensor last = Ops.slice(all, 1, classes() + 1, classes() + 2);
    return Ops.reshape(last, Shape.of(all.shape().dim(0)));
  }

  /** {@code sum_k w_k f_k} of each image of one kind, shape [images]. */
  Tensor weighted(BatchPart part, Tensor perClass) {
    Tensor sum = Ops.sum(Ops.multiply(weights(part), perClass), 1);
    return Ops.reshape(sum, Shape.of(part.count(batch)));
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

  /** The scalar 0. */
  Tensor zero() {
    return logits.graph().constant(Shape.SCALAR, 0);
  }

  private Tensor rows(Tensor tensor, BatchPart part) {
    int from = part.from(batch);
    return Ops.slice(tensor, 0, from, from + part.count(batch));
  }

  private static Tensor scalar(Tensor value) {
    return Ops.reshape(value, Shape.SCALAR);
  }
}
