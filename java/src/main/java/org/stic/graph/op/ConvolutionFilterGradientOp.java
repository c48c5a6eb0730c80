package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.Convolution;
import org.stic.kernels.ConvolutionShape;

/**
 * Gradient of a convolution with respect to its filter: linear in the output's gradient and in the
 * images.
 */
public record ConvolutionFilterGradientOp(
    Tensor outputGradient, Tensor input, ConvolutionShape geometry) implements Op {

  public ConvolutionFilterGradientOp {
    Require.length(
        "convolution gradient", "output gradient", outputGradient, geometry.outputElements());
    Require.length("convolution gradient", "input", input, geometry.inputElements());
  }

  @Override
  public Shape shape() {
    return Shape.of(
        geometry.filters(), geometry.channels(), geometry.filterHeight(), geometry.filterWidth());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(outputGradient, input);
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    backward.to(outputGradient, () -> new ConvolutionOp(input, upstream, null, geometry).node());
    backward.to(
        input, () -> new ConvolutionDataGradientOp(outputGradient, upstream, geometry).node());
  }

  @Override
  public long workspaceBytes() {
    return Convolution.backwardFilterWorkspace(geometry);
  }

  @Override
  public void emit(Emission emission) {
    emission.calls(
        Convolution.backwardFilter(
            emission.output(),
            emission.address(outputGradient),
            emission.address(input),
            emission.workspace(),
            geometry));
  }
}
