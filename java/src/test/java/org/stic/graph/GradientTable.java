package org.stic.graph;

import static org.stic.graph.GradientCase.positive;
import static org.stic.graph.GradientCase.real;
import static org.stic.graph.GradientCase.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.stic.graph.op.AffineOp;
import org.stic.graph.op.AssembleOp;
import org.stic.graph.op.AveragePoolGradientOp;
import org.stic.graph.op.AveragePoolOp;
import org.stic.graph.op.BinaryOp;
import org.stic.graph.op.BroadcastOp;
import org.stic.graph.op.CircularShiftOp;
import org.stic.graph.op.ConvolutionDataGradientOp;
import org.stic.graph.op.ConvolutionFilterGradientOp;
import org.stic.graph.op.ConvolutionOp;
import org.stic.graph.op.CrossEntropyGradientOp;
import org.stic.graph.op.CrossEntropyOp;
import org.stic.graph.op.GramDifferenceOp;
import org.stic.graph.op.GramDistanceGradientOp;
import org.stic.graph.op.GramDistanceOp;
import org.stic.graph.op.GramGradientOp;
import org.stic.graph.op.GramLossGradientOp;
import org.stic.graph.op.GramLossOp;
import org.stic.graph.op.GramOp;
import org.stic.graph.op.LangevinOp;
import org.stic.graph.op.Leaf;
import org.stic.graph.op.LogSoftmaxOp;
import org.stic.graph.op.LogSumExpOp;
import org.stic.graph.op.MatrixProductOp;
import org.stic.graph.op.NormOp;
import org.stic.graph.op.Op;
import org.stic.graph.op.PixelShuffleOp;
import org.stic.graph.op.RandomOp;
import org.stic.graph.op.ReshapeOp;
import org.stic.graph.op.ScaledUnaryOp;
import org.stic.graph.op.SliceOp;
import org.stic.graph.op.SoftmaxGradientOp;
import org.stic.graph.op.SoftmaxOp;
import org.stic.graph.op.StopGradientOp;
import org.stic.graph.op.SumOp;
import org.stic.graph.op.TransposeOp;
import org.stic.graph.op.UnaryOp;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.UnaryFunction;

/**
 * The rows of the gradient tests: every differentiable operation, with awkward sizes and every kind
 * of operand.
 */
final class GradientTable {

  /** Operations that have no gradient to test, each with its own test of what it does instead. */
  static final Set<Class<?>> NOT_DIFFERENTIABLE =
      Set.of(
          Leaf.class,
          RandomOp.class,
          LangevinOp.class,
          GramDifferenceOp.class,
          StopGradientOp.class);

  private GradientTable() {}

  static List<GradientCase> rows() {
    return Stream.of(
            elementwise(),
            arithmetic(),
            linear(),
            convolutions(),
            PlaneGradients.rows(),
            grams(),
            shapes(),
            probabilities(),
            NetworkCases.rows(),
            WindowCases.rows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<GradientCase> elementwise() {
    List<GradientCase> rows = new ArrayList<>();
    for (UnaryFunction function : UnaryFunction.values()) {
      boolean steep =
          Set.of(UnaryFunction.LOGARITHM, UnaryFunction.SQUARE_ROOT, UnaryFunction.RECIPROCAL)
              .contains(function);
      GradientCase.Operand x = steep ? positive(3, 11) : real(3, 11);
      rows.add(row(UnaryOp.class, function.name(), t -> Ops.unary(t.get(0), function), x));
      rows.add(
          row(UnaryOp.class, function + "'", t -> new UnaryOp(t.get(0), function, 1).node(), x));
      rows.add(
          row(
              ScaledUnaryOp.class,
              function.name(),
              t -> new ScaledUnaryOp(t.get(0), t.get(1), function, 1).node(),
              real(3, 11),
              x));
    }
    rows.add(row(AffineOp.class, "2x - 3", t -> Ops.affine(t.get(0), 2, -3), real(31)));
    rows.add(row(NormOp.class, "127", t -> Ops.norm(t.get(0)), real(127)));
    return rows;
  }

  private static List<GradientCase> arithmetic() {
    List<GradientCase> rows = new ArrayList<>();
    for (var shapes :
        List.of(
            List.of(real(5, 7), positive(5, 7)),
            List.of(real(2, 3, 5), positive(5)),
            List.of(real(2, 1, 5), positive(3, 1)),
            List.of(real(1, 5), positive(5, 1)),
            List.of(real(), positive(2, 3)),
            List.of(real(2, 3, 1, 3, 4), positive(2, 3, 5, 1, 1)))) {
      GradientCase.Operand a = shapes.get(0);
      GradientCase.Operand b = shapes.get(1);
      String name = a.shape() + " " + b.shape();
      rows.add(row(BinaryOp.class, "add " + name, t -> Ops.add(t.get(0), t.get(1)), a, b));
      rows.add(
          row(BinaryOp.class, "subtract " + name, t -> Ops.subtract(t.get(0), t.get(1)), a, b));
      rows.add(
          row(BinaryOp.class, "multiply " + name, t -> Ops.multiply(t.get(0), t.get(1)), a, b));
      rows.add(row(BinaryOp.class, "divide " + name, t -> Ops.divide(t.get(0), t.get(1)), a, b));
      rows.add(row(BinaryOp.class, "maximum " + name, t -> Ops.maximum(t.get(0), t.get(1)), a, b));
      rows.add(row(BinaryOp.class, "minimum " + name, t -> Ops.minimum(t.get(0), t.get(1)), a, b));
    }
    return rows;
  }

  private static List<GradientCase> linear() {
    List<GradientCase> rows = new ArrayList<>();
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        int[] a = ta ? new int[] {5, 3} : new int[] {3, 5};
        int[] b = tb ? new int[] {7, 5} : new int[] {5, 7};
        rows.add(product("one " + ta + tb, ta, tb, a, b));
        rows.add(product("batch " + ta + tb, ta, tb, batch(a), batch(b)));
        rows.add(product("first shared " + ta + tb, ta, tb, a, batch(b)));
      }
    }
    rows.add(product("second shared", true, false, new int[] {2, 5, 3}, new int[] {5, 7}));
    rows.add(
        row(
            ReshapeOp.class,
            "rows of a batch",
            t -> Ops.matmul(t.get(0), t.get(1)),
            real(2, 3, 5),
            real(5, 7)));
    return rows;
  }

  private static int[] batch(int[] matrix) {
    return new int[] {2, matrix[0], matrix[1]};
  }

  private static GradientCase product(String name, boolean ta, boolean tb, int[] a, int[] b) {
    return row(
        MatrixProductOp.class,
        name,
        t -> Ops.matmul(t.get(0), t.get(1), ta, tb, 0.5f),
        real(a),
        real(b));
  }

  private static List<GradientCase> convolutions() {
    ConvolutionShape odd = new ConvolutionShape(2, 3, 7, 5, 4, 3, 2, 2, 1);
    GradientCase.Operand images = real(2, 3, 7, 5);
    GradientCase.Operand filter = real(4, 3, 3, 2);
    GradientCase.Operand output = real(2, 4, odd.outputHeight(), odd.outputWidth());
    return List.of(
        row(
            ConvolutionOp.class,
            "bias",
            t -> ImageOps.convolution(t.get(0), t.get(1), t.get(2), 2, 1),
            images,
            filter,
            real(4)),
        row(
            ConvolutionOp.class,
            "no bias",
            t -> ImageOps.convolution(t.get(0), t.get(1), null, 2, 1),
            images,
            filter),
        row(
            ConvolutionOp.class,
            "1x1",
            t -> ImageOps.convolution(t.get(0), t.get(1), null, 1, 0),
            images,
            real(1, 3, 1, 1)),
        row(
            ConvolutionOp.class,
            "wide padding",
            t -> ImageOps.convolution(t.get(0), t.get(1), null, 1, 2),
            images,
            filter),
        row(
            ConvolutionDataGradientOp.class,
            "stride 2",
            t -> new ConvolutionDataGradientOp(t.get(0), t.get(1), odd).node(),
            output,
            filter),
        row(
            ConvolutionFilterGradientOp.class,
            "stride 2",
            t -> new ConvolutionFilterGradientOp(t.get(0), t.get(1), odd).node(),
            output,
            images),
        row(
            AveragePoolOp.class,
            "2/2",
            t -> ImageOps.averagePool(t.get(0), 2, 2, 0),
            real(2, 3, 6, 4)),
        row(
            AveragePoolOp.class,
            "3/2 padded",
            t -> ImageOps.averagePool(t.get(0), 3, 2, 1),
            real(2, 3, 7, 5)),
        row(
            AveragePoolGradientOp.class,
            "3/2 padded",
            t -> new AveragePoolGradientOp(t.get(0), Shape.of(2, 3, 7, 5), 3, 2, 1).node(),
            real(2, 3, 4, 3)));
  }

  private static List<GradientCase> grams() {
    GradientCase.Operand gram = real(2, 3, 3);
    return List.of(
        row(GramOp.class, "images", t -> ImageOps.gram(t.get(0), 0.1f), real(2, 5, 3, 7)),
        row(GramOp.class, "one channel", t -> ImageOps.gram(t.get(0), 1), real(1, 1, 31)),
        row(
            GramGradientOp.class,
            "asymmetric",
            t -> new GramGradientOp(t.get(0), t.get(1), 0.1f).node(),
            real(2, 5, 5),
            real(2, 5, 7)),
        distance("5 channels", 0.1f, 2, 5, 21),
        distance("one channel", 1, 1, 1, 3),
        row(
            GramDistanceGradientOp.class,
            "5 channels",
            t -> distanceGradient(t.get(0), t.get(1), t.get(2)),
            real(2),
            real(2, 5, 7),
            real(2, 5, 5)),
        row(
            GramLossOp.class,
            "3x3",
            t -> ImageOps.gramLoss(t.get(0), t.get(1)),
            gram,
            positive(2, 3, 3)),
        row(
            GramLossGradientOp.class,
            "3x3",
            t -> new GramLossGradientOp(t.get(0), t.get(1), t.get(2)).node(),
            real(2),
            gram,
            positive(2, 3, 3)));
  }

  /** The distance of a Gram matrix that is never written. */
  private static GradientCase distance(
      String name, float scale, int images, int channels, int positions) {
    return row(
        GramDistanceOp.class,
        name,
        t -> ImageOps.gramLoss(ImageOps.gram(t.get(0), scale), t.get(1)),
        real(images, channels, positions),
        real(images, channels, channels));
  }

  private static Tensor distanceGradient(Tensor upstream, Tensor features, Tensor target) {
    Tensor difference = new GramDifferenceOp(features, target, 0.1f).node();
    return new GramDistanceGradientOp(upstream, difference, features).node();
  }

  private static List<GradientCase> shapes() {
    return List.of(
        row(SumOp.class, "all", t -> Ops.sum(t.get(0)), real(3, 31)),
        row(SumOp.class, "front", t -> Ops.sum(t.get(0), 0), real(33, 5)),
        row(SumOp.class, "middle", t -> Ops.sum(t.get(0), 1), real(3, 31, 5)),
        row(SumOp.class, "apart", t -> Ops.sum(t.get(0), 0, 2, 3), real(2, 3, 5, 7)),
        row(SumOp.class, "mean", t -> Ops.mean(t.get(0), -1, 0), real(4, 3, 5)),
        row(SumOp.class, "global average", t -> ImageOps.globalAverage(t.get(0)), real(2, 3, 5, 7)),
        row(
            BroadcastOp.class,
            "middle",
            t -> Ops.broadcast(t.get(0), Shape.of(4, 2, 3, 5)),
            real(2, 1, 5)),
        row(BroadcastOp.class, "scalar", t -> Ops.broadcast(t.get(0), Shape.of(31)), real()),
        row(ReshapeOp.class, "flatten", t -> Ops.reshape(t.get(0), Shape.of(30)), real(2, 3, 5)),
        row(TransposeOp.class, "matrix", t -> Ops.transpose(t.get(0)), real(3, 7)),
        row(
            TransposeOp.class,
            "4 axes",
            t -> Ops.transpose(t.get(0), 2, 0, 3, 1),
            real(2, 3, 4, 5)),
        row(CircularShiftOp.class, "forth", t -> shift(t.get(0), false), real(2, 3, 5, 7)),
        row(CircularShiftOp.class, "back", t -> shift(t.get(0), true), real(2, 3, 5, 7)),
        row(
            PixelShuffleOp.class,
            "factor 2",
            t -> ImageOps.pixelShuffle(t.get(0), 2),
            real(2, 8, 3, 5)),
        row(
            PixelShuffleOp.class,
            "factor 3, inverse",
            t -> new PixelShuffleOp(t.get(0), 3, true).node(),
            real(2, 2, 6, 3)),
        row(SliceOp.class, "view", t -> Ops.slice(t.get(0), 0, 1, 3), real(4, 8)),
        row(SliceOp.class, "front, copied", t -> Ops.slice(t.get(0), 0, 1, 3), real(4, 7)),
        row(SliceOp.class, "inner", t -> Ops.slice(t.get(0), 1, 2, 5), real(3, 7, 2)),
        row(
            AssembleOp.class,
            "concat",
            t -> Ops.concat(1, t.get(0), t.get(1)),
            real(3, 2, 5),
            real(3, 4, 5)),
        row(AssembleOp.class, "twice the same", t -> Ops.concat(0, t.get(0), t.get(0)), real(2, 5)),
        row(
            AssembleOp.class,
            "embed",
            t -> Ops.embed(t.get(0), Shape.of(3, 7, 2), 1, 3),
            real(3, 2, 2)));
  }

  private static Tensor shift(Tensor images, boolean back) {
    Tensor firstStep = images.graph().constant(Shape.of(1), 0);
    return new CircularShiftOp(images, firstStep, 3, back, 5).node();
  }

  private static List<GradientCase> probabilities() {
    GradientCase.Operand logits = real(3, 11);
    return List.of(
        row(SoftmaxOp.class, "3x11", t -> Ops.softmax(t.get(0)), logits),
        row(SoftmaxOp.class, "one row", t -> Ops.softmax(t.get(0)), real(5)),
        row(
            SoftmaxGradientOp.class,
            "3x11",
            t -> new SoftmaxGradientOp(t.get(0), t.get(1)).node(),
            logits,
            positive(3, 11)),
        row(LogSoftmaxOp.class, "3x11", t -> Ops.logSoftmax(t.get(0)), logits),
        row(LogSumExpOp.class, "3x11", t -> Ops.logSumExp(t.get(0)), logits),
        row(LogSumExpOp.class, "one column", t -> Ops.logSumExp(t.get(0)), real(3, 1)),
        row(
            CrossEntropyOp.class,
            "soft",
            t -> Ops.crossEntropy(t.get(0), t.get(1)),
            logits,
            positive(3, 11)),
        row(
            CrossEntropyGradientOp.class,
            "soft",
            t -> new CrossEntropyGradientOp(t.get(0), t.get(1), t.get(2)).node(),
            real(3),
            logits,
            positive(3, 11)));
  }

  /** Every differentiable operation of the graph. */
  static List<Class<?>> differentiable() {
    return Arrays.stream(Op.class.getPermittedSubclasses())
        .filter(op -> !NOT_DIFFERENTIABLE.contains(op))
        .toList();
  }
}
