package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;

/**
 * Gradient of a convolution with respect to its images: linear in the output's gradient and in the
 * filter.
 */
public record ConvolutionDataGradientOp(
    Tensor outputGradient, Tensor filter, ConvolutionShape geometry) implements Op {

  public ConvolutionDataGradientOp {
    Require.length(
        "convolution gradient", "output gradient", outputGradient, geometry.outputElements());
    Require.length("convolution gradient", "filter", filter, geometry.filterElements());
  }

  @Override
  public Shape shape() {
    return Shape.of(geometry.images(), geometry.channels(), geometry.height(), geometry.width());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(outputGradient, filter);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(outputGradient, () -> new ConvolutionOp(upstream, filter, null, geometry).node());
    backward.to(
        filter, () -> new ConvolutionFilterGradientOp(outputGradient, upstream, geometry).node());
  }

  @Override
  public void emit(Emission emission) {
    emission.call(
        Convolution.backwardData(
            emission.output(),
            emission.address(outputGradient),
            emission.address(filter),
            geometry));
  }
}
