package org.stic.graph;

import static org.stic.graph.GradientCase.real;
import static org.stic.graph.GradientCase.row;

import java.util.List;
import org.stic.graph.op.ConvolutionOp;
import org.stic.graph.op.MaxPoolGradientOp;
import org.stic.graph.op.MaxPoolOp;
import org.stic.graph.op.PlaneAffineOp;
import org.stic.graph.op.PlaneCombineOp;
import org.stic.graph.op.PlaneDotOp;
import org.stic.graph.op.PlaneMomentsOp;
import org.stic.kernels.UnaryFunction;

/** Rows of the gradient tests: what normalised residual networks are made of. */
final class PlaneGradients {
  private static final GradientCase.Operand MAPS = real(2, 3, 7, 5);

  private PlaneGradients() {}

  static List<GradientCase> rows() {
    return List.of(
        row(
            PlaneAffineOp.class,
            "of channels",
            t -> ImageOps.planeAffine(t.get(0), t.get(1), t.get(2)),
            MAPS,
            real(3),
            real(3)),
        row(
            PlaneAffineOp.class,
            "of planes, without shift",
            t -> ImageOps.planeAffine(t.get(0), t.get(1), null),
            MAPS,
            real(2, 3)),
        row(
            PlaneCombineOp.class,
            "of channels and planes",
            t ->
                Ops.add(
                    ImageOps.planeAffine(t.get(0), t.get(1), null),
                    ImageOps.planeAffine(t.get(2), t.get(3), t.get(4))),
            MAPS,
            real(3),
            MAPS,
            real(2, 3),
            real(2, 3)),
        row(
            PlaneCombineOp.class,
            "with two shifts",
            t ->
                Ops.add(
                    ImageOps.planeAffine(t.get(0), t.get(1), t.get(2)),
                    ImageOps.planeAffine(t.get(0), t.get(2), t.get(1))),
            MAPS,
            real(3),
            real(3)),
        row(PlaneDotOp.class, "7x5", t -> ImageOps.planeDot(t.get(0), t.get(1)), MAPS, MAPS),
        row(PlaneMomentsOp.class, "7x5", t -> ImageOps.planeMoments(t.get(0)), MAPS),
        row(
            PlaneMomentsOp.class,
            "one position",
            t -> ImageOps.planeMoments(t.get(0)),
            real(3, 2, 1, 1)),
        row(MaxPoolOp.class, "2/2", t -> ImageOps.maxPool(apart(t.get(0)), 2, 2, 0), MAPS),
        row(MaxPoolOp.class, "3/2 padded", t -> ImageOps.maxPool(apart(t.get(0)), 3, 2, 1), MAPS),
        row(
            MaxPoolOp.class,
            "values of their own",
            t -> new MaxPoolOp(t.get(0), apart(t.get(1)), 3, 1, 1).node(),
            MAPS,
            MAPS),
        row(
            MaxPoolGradientOp.class,
            "3/2 padded",
            t -> new MaxPoolGradientOp(t.get(0), apart(t.get(1)), 3, 2, 1).node(),
            real(2, 3, 4, 3),
            MAPS),
        fused(UnaryFunction.IDENTITY),
        fused(UnaryFunction.RELU),
        fused(UnaryFunction.LEAKY_RELU),
        row(
            ConvolutionOp.class,
            "ReLU without a residual",
            t -> away(t, null, UnaryFunction.RELU),
            MAPS,
            real(4, 3, 3, 2),
            real(4)));
  }

  private static GradientCase fused(UnaryFunction activation) {
    return row(
        ConvolutionOp.class,
        "residual, " + activation,
        t -> away(t, Ops.scale(t.get(3), 0.1f), activation),
        MAPS,
        real(4, 3, 3, 2),
        real(4),
        real(2, 4, 4, 3));
  }

  /** The bias outweighs all else, so that no sum is near zero, where activations have a kink. */
  private static Tensor away(List<Tensor> t, Tensor addend, UnaryFunction activation) {
    Tensor filter = Ops.scale(t.get(1), 0.01f);
    Tensor bias = Ops.scale(t.get(2), 10);
    return ImageOps.convolution(t.get(0), filter, bias, addend, activation, 2, 1);
  }

  /** Images whose pixels differ by more than differences move them. */
  private static Tensor apart(Tensor images) {
    float[] places = new float[images.shape().intElements()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i * 97 % 211;
    }
    return Ops.add(Ops.scale(images, 0.1f), images.graph().constant(images.shape(), places));
  }
}
