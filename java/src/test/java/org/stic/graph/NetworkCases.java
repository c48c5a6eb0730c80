package org.stic.graph;

import static org.stic.graph.GradientCase.positive;
import static org.stic.graph.GradientCase.real;

import java.util.List;
import org.stic.graph.op.BinaryOp;
import org.stic.graph.op.SumOp;

/**
 * Rows of the gradient tests in which operations meet as they do in training: a small classifier
 * with a style term, and a penalty on its gradient, whose own gradients are of second and third
 * order in the network.
 */
final class NetworkCases {

  private static final int IMAGES = 2;
  private static final int CLASSES = 3;
  private static final GradientCase.Operand PIXELS = real(IMAGES, 1, 6, 5);
  private static final GradientCase.Operand FILTER = real(2, 1, 4, 3);
  private static final GradientCase.Operand BIAS = real(2);
  private static final GradientCase.Operand WEIGHT = real(CLASSES, 2);
  private static final GradientCase.Operand TARGETS = positive(IMAGES, CLASSES);

  private NetworkCases() {}

  static List<GradientCase> rows() {
    return List.of(
        GradientCase.row(
            BinaryOp.class,
            "density of a network",
            NetworkCases::density,
            PIXELS,
            FILTER,
            BIAS,
            WEIGHT,
            TARGETS),
        GradientCase.row(
            SumOp.class,
            "penalty on a network's gradient",
            NetworkCases::penalty,
            PIXELS,
            FILTER,
            BIAS,
            WEIGHT));
  }

  private static Tensor features(List<Tensor> t) {
    return Ops.silu(ImageOps.convolution(t.get(0), t.get(1), t.get(2), 2, 1));
  }

  private static Tensor logits(List<Tensor> t) {
    return Ops.matmul(ImageOps.globalAverage(features(t)), t.get(3), false, true);
  }

  /** Minus cross-entropy minus the distance of the features' Gram matrix from a fixed one. */
  private static Tensor density(List<Tensor> t) {
    Tensor target = t.get(0).graph().constant(Shape.of(IMAGES, 2, 2), 1, 2, 2, 1, 3, 1, 1, 3);
    Tensor style = Ops.scale(ImageOps.gramLoss(ImageOps.gram(features(t), 0.5f), target), 0.1f);
    return Ops.subtract(Ops.negate(Ops.crossEntropy(logits(t), t.get(4))), Ops.scale(style, 2));
  }

  /** (|dU/dx|^2 - 1)^2 summed over images, U being the logsumexp of the logits. */
  private static Tensor penalty(List<Tensor> t) {
    Tensor gradient = Gradients.of(Ops.logSumExp(logits(t)), t.subList(0, 1)).getFirst();
    Tensor length = Ops.sum(Ops.square(gradient), 1, 2, 3);
    return Ops.sum(Ops.square(Ops.affine(length, 1, -1)));
  }
}
