package org.stic.graph;

import org.stic.graph.op.AveragePoolOp;
import org.stic.graph.op.CircularShiftOp;
import org.stic.graph.op.ConvolutionOp;
import org.stic.graph.op.GramDistanceOp;
import org.stic.graph.op.GramLossOp;
import org.stic.graph.op.GramOp;
import org.stic.graph.op.MaxPoolOp;
import org.stic.graph.op.PixelShuffleOp;
import org.stic.graph.op.PlaneAffineOp;
import org.stic.graph.op.PlaneDotOp;
import org.stic.graph.op.PlaneMomentsOp;
import org.stic.kernels.UnaryFunction;

/**
 * Builds tensors of images and feature maps, [images x channels x height x width]. As in {@link
 * Ops}, each method appends one operation, which checks shapes and names them in its errors.
 */
public final class ImageOps {

  private ImageOps() {}

  /**
   * Cross-correlation of images [N x C x H x W] with filters [K x C x R x S].
   *
   * @param bias [K], or null for none
   */
  public static Tensor convolution(
      Tensor images, Tensor filter, Tensor bias, int stride, int padding) {
    return new ConvolutionOp(images, filter, bias, stride, padding).node();
  }

  /**
   * The same with a residual and an activation, in one pass: {@code f(x * w + bias + addend)}.
   *
   * @param bias [K], or null for none
   * @param addend as the result, or null for none
   * @param activation {@link UnaryFunction#IDENTITY}, {@link UnaryFunction#RELU} or {@link
   *     UnaryFunction#LEAKY_RELU}
   */
  public static Tensor convolution(
      Tensor images,
      Tensor filter,
      Tensor bias,
      Tensor addend,
      UnaryFunction activation,
      int stride,
      int padding) {
    return new ConvolutionOp(images, filter, bias, addend, activation, stride, padding).node();
  }

  /**
   * A straight line of each plane of feature maps [N x C x H x W]: {@code scale x + shift}.
   *
   * @param scale [C], the same for all images, or [N x C]
   * @param shift as {@code scale}, or null for none
   */
  public static Tensor planeAffine(Tensor x, Tensor scale, Tensor shift) {
    return new PlaneAffineOp(x, scale, shift).node();
  }

  /** Mean and variance of each plane of feature maps [N x C x H x W]: [2 x N x C]. */
  public static Tensor planeMoments(Tensor x) {
    return new PlaneMomentsOp(x).node();
  }

  /** Sum of products of each plane of feature maps [N x C x H x W]: [N x C]. */
  public static Tensor planeDot(Tensor x, Tensor y) {
    return new PlaneDotOp(x, y).node();
  }

  /** Largest element of square windows of each channel; padding never wins. */
  public static Tensor maxPool(Tensor images, int window, int stride, int padding) {
    return new MaxPoolOp(images, images, window, stride, padding).node();
  }

  /** Mean over square windows of each channel. */
  public static Tensor averagePool(Tensor images, int window, int stride, int padding) {
    return new AveragePoolOp(images, window, stride, padding).node();
  }

  /**
   * Images larger by a factor out of channels: [N x C r^2 x H x W] to [N x C x r H x r W], r being
   * the factor.
   */
  public static Tensor pixelShuffle(Tensor channels, int factor) {
    return new PixelShuffleOp(channels, factor, false).node();
  }

  /** Mean of each channel over all positions: [N x C x H x W] to [N x C]. */
  public static Tensor globalAverage(Tensor images) {
    return Ops.mean(images, 2, 3);
  }

  /** Gram matrices scale * F F^T of feature maps [N x C x positions...]: [N x C x C]. */
  public static Tensor gram(Tensor features, float scale) {
    return new GramOp(features, scale).node();
  }

  /**
   * Squared distance |G - T|^2 of each matrix from its symmetric target: [N]. Where G is the result
   * of {@link #gram}, distance and gradient are computed from the features, and no matrix is
   * written.
   */
  public static Tensor gramLoss(Tensor gram, Tensor target) {
    return gram.operation() instanceof GramOp(Tensor features, float scale)
        ? GramDistanceOp.of(features, target, scale).node()
        : new GramLossOp(gram, target).node();
  }

  /**
   * All images [N x C x H x W] moved around their edges by one random shift of up to {@code reach}
   * pixels each way, a function of the seed and the counter.
   *
   * @param counter one unsigned integer: the step
   */
  public static Tensor circularShift(Tensor images, Tensor counter, int reach, long seed) {
    return new CircularShiftOp(images, counter, reach, false, seed).node();
  }
}
