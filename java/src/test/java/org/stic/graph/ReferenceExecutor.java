package org.stic.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.stic.graph.op.AffineOp;
import org.stic.graph.op.AssembleOp;
import org.stic.graph.op.AveragePoolGradientOp;
import org.stic.graph.op.AveragePoolOp;
import org.stic.graph.op.BinaryOp;
import org.stic.graph.op.BroadcastOp;
import org.stic.graph.op.CircularShiftOp;
import org.stic.graph.op.ConstantOp;
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
import org.stic.graph.op.InputOp;
import org.stic.graph.op.LangevinOp;
import org.stic.graph.op.LogSoftmaxOp;
import org.stic.graph.op.LogSumExpOp;
import org.stic.graph.op.MatrixProductOp;
import org.stic.graph.op.MaxPoolGradientOp;
import org.stic.graph.op.MaxPoolOp;
import org.stic.graph.op.NormOp;
import org.stic.graph.op.Op;
import org.stic.graph.op.PixelShuffleOp;
import org.stic.graph.op.PlaneAffineOp;
import org.stic.graph.op.PlaneCombineOp;
import org.stic.graph.op.PlaneDotOp;
import org.stic.graph.op.PlaneMomentsOp;
import org.stic.graph.op.RandomOp;
import org.stic.graph.op.ReadOp;
import org.stic.graph.op.ReshapeOp;
import org.stic.graph.op.ScaledUnaryOp;
import org.stic.graph.op.SliceOp;
import org.stic.graph.op.SoftmaxGradientOp;
import org.stic.graph.op.SoftmaxOp;
import org.stic.graph.op.StopGradientOp;
import org.stic.graph.op.SumOp;
import org.stic.graph.op.TransposeOp;
import org.stic.graph.op.UnaryOp;
import org.stic.graph.op.UniformOp;
import org.stic.kernels.BinaryFunction;
import org.stic.kernels.Philox;

/**
 * Evaluates a graph on the host in double precision, each operation straight from its definition:
 * the oracle for the kernels and the function that finite differences differentiate. The switch has
 * no default, so an operation without an oracle does not compile.
 */
public final class ReferenceExecutor {

  private final Map<String, double[]> inputs;
  private final Map<Tensor, double[]> values = new HashMap<>();

  public ReferenceExecutor(Map<String, double[]> inputs) {
    this.inputs = inputs;
  }

  /** All elements of a tensor. */
  public double[] value(Tensor tensor) {
    double[] known = values.get(tensor);
    if (known == null) {
      known = compute(tensor.operation());
      values.put(tensor, known);
    }
    return known;
  }

  private double[] compute(Op op) {
    return switch (op) {
      case InputOp input -> inputs.get(input.input());
      case ConstantOp constant ->
          IntStream.range(0, constant.values().length)
              .mapToDouble(i -> constant.values()[i])
              .toArray();
      case UniformOp uniform ->
          IntStream.range(0, uniform.shape().intElements())
              .mapToDouble(_ -> uniform.value())
              .toArray();
      case UnaryOp unary ->
          each(
              unary, i -> Jet.derivative(unary.function(), unary.order(), value(unary.input())[i]));
      case ScaledUnaryOp scaled ->
          each(
              scaled,
              i ->
                  value(scaled.multiplier())[i]
                      * Jet.derivative(
                          scaled.function(), scaled.order(), value(scaled.input())[i]));
      case AffineOp affine ->
          each(affine, i -> affine.scale() * value(affine.input())[i] + affine.offset());
      case BinaryOp binary -> binary(binary);
      case MatrixProductOp product ->
          ReferenceLinear.product(product, value(product.a()), value(product.b()));
      case ConvolutionOp convolution -> convolution(convolution);
      case ConvolutionDataGradientOp data ->
          ReferenceLinear.dataGradient(
              data.geometry(), value(data.outputGradient()), value(data.filter()));
      case ConvolutionFilterGradientOp filter ->
          ReferenceLinear.filterGradient(
              filter.geometry(), value(filter.outputGradient()), value(filter.input()));
      case AveragePoolOp pool -> ReferenceLinear.averagePool(pool, value(pool.input()));
      case AveragePoolGradientOp pool ->
          ReferenceLinear.averagePoolGradient(pool, value(pool.outputGradient()));
      case MaxPoolOp pool ->
          ReferencePlanes.maxPool(pool, value(pool.values()), value(pool.images()));
      case MaxPoolGradientOp pool ->
          ReferencePlanes.maxPoolGradient(pool, value(pool.outputGradient()), value(pool.images()));
      case PlaneAffineOp affine ->
          each(affine, i -> line(affine, affine.scale(), affine.shift(), affine.input(), i));
      case PlaneCombineOp combine ->
          each(
              combine,
              i ->
                  line(combine, combine.a(), combine.shift(), combine.x(), i)
                      + line(combine, combine.b(), null, combine.y(), i));
      case PlaneDotOp dot -> ReferencePlanes.dot(dot, value(dot.x()), value(dot.y()));
      case PlaneMomentsOp moments -> ReferencePlanes.moments(moments, value(moments.input()));
      case GramOp gram -> ReferenceLinear.gram(gram, value(gram.features()));
      case GramDifferenceOp gram ->
          ReferenceLinear.gramDifference(gram, value(gram.features()), value(gram.target()));
      case GramDistanceOp gram ->
          Arrays.copyOf(value(gram.difference()), gram.shape().intElements());
      case GramDistanceGradientOp gram ->
          ReferenceLinear.gramDistanceGradient(
              gram, value(gram.distanceGradient()), value(gram.difference()), value(gram.x()));
      case GramGradientOp gram ->
          ReferenceLinear.gramGradient(gram, value(gram.gramGradient()), value(gram.features()));
      case GramLossOp loss -> gramLoss(loss);
      case GramLossGradientOp loss -> gramLossGradient(loss);
      case SumOp sum -> sum(sum);
      case NormOp norm ->
          new double[] {
            Math.sqrt(
                IntStream.range(0, value(norm.input()).length)
                    .mapToDouble(i -> square(value(norm.input())[i]))
                    .sum())
          };
      case BroadcastOp broadcast ->
          each(
              broadcast,
              i ->
                  value(broadcast.input())[
                      source(broadcast.shape(), i, broadcast.input().shape())]);
      case ReshapeOp reshape -> value(reshape.input());
      case StopGradientOp stop -> value(stop.input());
      case SliceOp slice -> slice(slice);
      case AssembleOp assemble -> assemble(assemble);
      case TransposeOp transpose -> transpose(transpose);
      case CircularShiftOp shift -> circularShift(shift);
      case PixelShuffleOp shuffle -> pixelShuffle(shuffle);
      case SoftmaxOp softmax -> rows(softmax, softmax.input(), (row, k) -> probability(row, k));
      case LogSoftmaxOp softmax ->
          rows(softmax, softmax.input(), (row, k) -> row[k] - logSumExp(row));
      case LogSumExpOp logSumExp -> each(logSumExp, r -> logSumExp(row(logSumExp.input(), r)));
      case SoftmaxGradientOp gradient -> softmaxGradient(gradient);
      case CrossEntropyOp loss ->
          each(loss, r -> crossEntropy(row(loss.logits(), r), row(loss.targets(), r)));
      case CrossEntropyGradientOp gradient -> crossEntropyGradient(gradient);
      case ReadOp _, RandomOp _, LangevinOp _ ->
          throw new UnsupportedOperationException(op.name() + " depends on the device's state");
    };
  }

  private interface Element {
    double at(int index);
  }

  private interface RowElement {
    double at(double[] row, int column);
  }

  private static double[] each(Op op, Element element) {
    return IntStream.range(0, op.shape().intElements()).mapToDouble(element::at).toArray();
  }

  private double[] rows(Op op, Tensor input, RowElement element) {
    int columns = input.shape().dim(-1);
    return each(op, i -> element.at(row(input, i / columns), i % columns));
  }

  private double[] row(Tensor tensor, int row) {
    int columns = tensor.shape().dim(-1);
    return IntStream.range(0, columns).mapToDouble(k -> value(tensor)[row * columns + k]).toArray();
  }

  private double[] binary(BinaryOp op) {
    DoubleBinaryOperator function = function(op.function());
    double[] a = value(op.a());
    double[] b = value(op.b());
    return each(
        op,
        i ->
            function.applyAsDouble(
                a[source(op.shape(), i, op.a().shape())],
                b[source(op.shape(), i, op.b().shape())]));
  }

  private static DoubleBinaryOperator function(BinaryFunction function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }

  /** Index into a broadcast operand of the element that appears at an index of the whole. */
  private static int source(Shape whole, int index, Shape operand) {
    int source = 0;
    int step = 1;
    for (int axis = whole.rank() - 1, own = operand.rank() - 1; own >= 0; axis--, own--) {
      int position = index % whole.dim(axis);
      index /= whole.dim(axis);
      source += operand.dim(own) == 1 ? 0 : position * step;
      step *= operand.dim(own);
    }
    return source;
  }

  private double[] sum(SumOp op) {
    Shape shape = op.input().shape();
    int inner = (int) shape.elements(op.to(), shape.rank());
    int reduced = (int) shape.elements(op.from(), op.to());
    double[] in = value(op.input());
    return each(
        op,
        i ->
            op.scale()
                * IntStream.range(0, reduced)
                    .mapToDouble(r -> in[(i / inner * reduced + r) * inner + i % inner])
                    .sum());
  }

  private double[] slice(SliceOp op) {
    int inner = (int) op.shape().elements(op.axis() + 1, op.shape().rank());
    int length = op.to() - op.from();
    int whole = op.input().shape().dim(op.axis());
    double[] in = value(op.input());
    return each(
        op,
        i -> in[(i / inner / length * whole + i / inner % length + op.from()) * inner + i % inner]);
  }

  private double[] assemble(AssembleOp op) {
    double[] out = new double[op.shape().intElements()];
    int inner = (int) op.shape().elements(op.axis() + 1, op.shape().rank());
    int whole = op.shape().dim(op.axis());
    for (AssembleOp.Part part : op.parts()) {
      double[] in = value(part.tensor());
      int length = part.tensor().shape().dim(op.axis());
      for (int i = 0; i < in.length; i++) {
        out[(i / inner / length * whole + i / inner % length + part.from()) * inner + i % inner] =
            in[i];
      }
    }
    return out;
  }

  private double[] transpose(TransposeOp op) {
    int[] outer = op.shape().strides();
    int[] strides = op.input().shape().strides();
    double[] in = value(op.input());
    return each(
        op,
        i ->
            in[
                IntStream.range(0, op.shape().rank())
                    .map(
                        axis ->
                            i / outer[axis] % op.shape().dim(axis) * strides[op.order().get(axis)])
                    .sum()]);
  }

  private double[] circularShift(CircularShiftOp op) {
    int step = (int) value(op.counter())[0];
    int[] shift = Philox.shift(op.seed(), step, op.reach());
    int height = op.shape().dim(2);
    int width = op.shape().dim(3);
    int sign = op.back() ? -1 : 1;
    double[] x = value(op.images());
    return each(
        op,
        i -> {
          int row = Math.floorMod(i / width % height - sign * shift[0], height);
          int column = Math.floorMod(i % width - sign * shift[1], width);
          return x[(i / (height * width) * height + row) * width + column];
        });
  }

  /**
   * Element [n, c, y, x] of the larger images is [n, c r^2 + y%r r + x%r, y/r, x/r] of the others.
   */
  private double[] pixelShuffle(PixelShuffleOp op) {
    Shape images = op.inverse() ? op.input().shape() : op.shape();
    int r = op.factor();
    int height = images.dim(2);
    int width = images.dim(3);
    double[] in = value(op.input());
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int x = i % width;
      int y = i / width % height;
      int channel = i / width / height * r * r + y % r * r + x % r;
      int place = (channel * (height / r) + y / r) * (width / r) + x / r;
      out[op.inverse() ? place : i] = in[op.inverse() ? i : place];
    }
    return out;
  }

  private double[] convolution(ConvolutionOp op) {
    double[] sums =
        ReferenceLinear.convolution(
            op.geometry(),
            value(op.input()),
            value(op.filter()),
            op.bias() == null ? null : value(op.bias()));
    return each(
        op,
        i ->
            Jet.derivative(
                op.activation(), 0, sums[i] + (op.addend() == null ? 0 : value(op.addend())[i])));
  }

  /** Element i of scale x + shift, with coefficients of its plane of feature maps. */
  private double line(Op op, Tensor scale, Tensor shift, Tensor x, int i) {
    int plane = i / (int) op.shape().elements(2, 4) % scale.shape().intElements();
    return value(scale)[plane] * value(x)[i] + (shift == null ? 0 : value(shift)[plane]);
  }

  private double[] gramLoss(GramLossOp op) {
    int elements = (int) op.gram().shape().elements(1, 3);
    double[] g = value(op.gram());
    double[] t = value(op.target());
    return each(op, b -> sum(b, elements, i -> square(g[i] - t[i])));
  }

  private double[] gramLossGradient(GramLossGradientOp op) {
    int elements = (int) op.shape().elements(1, 3);
    double[] g = value(op.gram());
    double[] t = value(op.target());
    double[] upstream = value(op.lossGradient());
    return each(op, i -> 2 * upstream[i / elements] * (g[i] - t[i]));
  }

  private static double sum(int item, int elements, Element element) {
    return IntStream.range(item * elements, (item + 1) * elements).mapToDouble(element::at).sum();
  }

  private double[] softmaxGradient(SoftmaxGradientOp op) {
    int columns = op.shape().dim(-1);
    double[] p = value(op.probabilities());
    double[] g = value(op.outputGradient());
    return each(op, i -> p[i] * (g[i] - sum(i / columns, columns, j -> g[j] * p[j])));
  }

  private double[] crossEntropyGradient(CrossEntropyGradientOp op) {
    int columns = op.shape().dim(-1);
    double[] targets = value(op.targets());
    double[] upstream = value(op.lossGradient());
    return each(
        op,
        i ->
            upstream[i / columns]
                * (probability(row(op.logits(), i / columns), i % columns)
                        * sum(i / columns, columns, j -> targets[j])
                    - targets[i]));
  }

  private static double crossEntropy(double[] logits, double[] targets) {
    return IntStream.range(0, logits.length)
        .mapToDouble(k -> targets[k] * (logSumExp(logits) - logits[k]))
        .sum();
  }

  private static double probability(double[] row, int k) {
    return Math.exp(row[k] - logSumExp(row));
  }

  private static double logSumExp(double[] row) {
    double largest = IntStream.range(0, row.length).mapToDouble(k -> row[k]).max().orElseThrow();
    return largest
        + Math.log(
            IntStream.range(0, row.length).mapToDouble(k -> Math.exp(row[k] - largest)).sum());
  }

  private static double square(double x) {
    return x * x;
  }
}
