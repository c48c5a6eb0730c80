package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;

/**
 * Cross-correlation of images [N x C x H x W] with filters [K x C x R x S], plus a bias [K].
 * Together with {@link ConvolutionDataGradientOp} and {@link ConvolutionFilterGradientOp} it is
 * closed under differentiation: the three are the partial derivatives of one trilinear form.
 *
 * @param bias null for none
 */
public record ConvolutionOp(Tensor input, Tensor filter, Tensor bias, ConvolutionShape geometry)
    implements Op {

  public ConvolutionOp {
    Require.that(
        bias == null || bias.shape().equals(Shape.of(geometry.filters())),
        "convolution: bias must have shape [%d], one number for each filter, not %s",
        geometry.filters(),
        bias == null ? null : bias.shape());
  }

  /** Convolution without a bias or with one. */
  public ConvolutionOp(Tensor input, Tensor filter, Tensor bias, int stride, int padding) {
    this(input, filter, bias, geometry(input, filter, stride, padding));
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
    return bias == null ? List.of(input, filter) : List.of(input, filter, bias);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(input, () -> new ConvolutionDataGradientOp(upstream, filter, geometry).node());
    backward.to(filter, () -> new ConvolutionFilterGradientOp(upstream, input, geometry).node());
    if (bias != null) {
      backward.to(bias, () -> Ops.sum(upstream, 0, 2, 3));
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
            geometry));
  }
}
