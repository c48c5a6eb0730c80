package org.stic.graph.op;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;
import org.stic.kernels.UnaryFunction;

/**
 * Cross-correlation of images [N x C x H x W] with filters [K x C x R x S], plus a bias [K] and an
 * addend of the output's shape, through an activation: {@code f(x * w + b + a)}. Without activation
 * and together with {@link ConvolutionDataGradientOp} and {@link ConvolutionFilterGradientOp} it is
 * closed under differentiation: the three are the partial derivatives of one trilinear form.
 *
 * @param bias null for none
 * @param addend null for none
 * @param activation piecewise linear: its result has the sign of its argument, so that its
 *     derivative can be told from the result
 */
public record ConvolutionOp(
    Tensor input,
    Tensor filter,
    Tensor bias,
    Tensor addend,
    UnaryFunction activation,
    ConvolutionShape geometry)
    implements Op {
  /** As in kernels/pointwise/unary.cu. */
  private static final float LEAK = 0.2f;

  public ConvolutionOp {
    Require.that(
        bias == null || bias.shape().equals(Shape.of(geometry.filters())),
        "convolution: bias must have shape [%d], one number for each filter, not %s",
        geometry.filters(),
        bias == null ? null : bias.shape());
    Require.that(
        addend == null || addend.shape().equals(outputShape(geometry)),
        "convolution: the addend must have the output's shape %s, not %s",
        outputShape(geometry),
        addend == null ? null : addend.shape());
    Require.that(
        activation == UnaryFunction.IDENTITY
            || activation == UnaryFunction.RELU
            || activation == UnaryFunction.LEAKY_RELU,
        "convolution: the activation must be IDENTITY, RELU or LEAKY_RELU, not %s",
        activation);
  }

  /** Convolution without a bias or with one. */
  public ConvolutionOp(Tensor input, Tensor filter, Tensor bias, ConvolutionShape geometry) {
    this(input, filter, bias, null, UnaryFunction.IDENTITY, geometry);
  }

  /** Convolution without a bias or with one. */
  public ConvolutionOp(Tensor input, Tensor filter, Tensor bias, int stride, int padding) {
    this(input, filter, bias, geometry(input, filter, stride, padding));
  }

  /** Convolution with what follows it. */
  public ConvolutionOp(
      Tensor input,
      Tensor filter,
      Tensor bias,
      Tensor addend,
      UnaryFunction activation,
      int stride,
      int padding) {
    this(input, filter, bias, addend, activation, geometry(input, filter, stride, padding));
  }

  private static ConvolutionShape geometry(Tensor input, Tensor filter, int stride, int padding) {
    Require.rank("convolution", "input", input, 4, "[images x channels x height x width]");
    Require.rank("convolution", "filter", filter, 4, "[filters x channels x height x width]");
    Shape x = input.shape();
    Shape w = filter.shape();
    Require.that(
        x.dim(1) == w.dim(1),
        "convolution: input %s and filter %s must have the same channels",
        x,
        w);
    return new ConvolutionShape(
        x.dim(0), x.dim(1), x.dim(2), x.dim(3), w.dim(0), w.dim(2), w.dim(3), stride, padding);
  }

  /** Shape of the convolved images. */
  static Shape outputShape(ConvolutionShape geometry) {
    return Shape.of(
        geometry.images(), geometry.filters(), geometry.outputHeight(), geometry.outputWidth());
  }

  @Override
  public Shape shape() {
    return outputShape(geometry);
  }

  @Override
  public List<Tensor> inputs() {
    return Stream.of(input, filter, bias, addend).filter(Objects::nonNull).toList();
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = Ops.scaled(backward.upstream(), backward.output(), activation, 1);
    backward.to(input, () -> new ConvolutionDataGradientOp(upstream, filter, geometry).node());
    backward.to(filter, () -> new ConvolutionFilterGradientOp(upstream, input, geometry).node());
    if (bias != null) {
      backward.to(bias, () -> Ops.sum(upstream, 0, 2, 3));
    }
    if (addend != null) {
      backward.to(addend, () -> upstream);
    }
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Convolution.forward(
            emission.output(),
            emission.address(input),
            emission.address(filter),
            bias == null ? 0 : emission.address(bias),
            addend == null ? 0 : emission.address(addend),
            slope(),
            geometry));
  }

  private float slope() {
    return switch (activation) {
      case RELU -> 0;
      case LEAKY_RELU -> LEAK;
      default -> 1;
    };
  }
}
