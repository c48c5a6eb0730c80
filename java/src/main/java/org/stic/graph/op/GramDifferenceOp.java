package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.kernels.GramDistance;

/**
 * What {@link GramDistanceOp} and its gradient share: the differences {@code D = scale F F^T - T}
 * of feature maps F [N x C x positions] from symmetric targets T [N x C x C]. The result is a row
 * of numbers: the N squared norms of D, then D on and above the diagonal, matrix after matrix. Not
 * differentiable itself; the distance is.
 */
public record GramDifferenceOp(Tensor features, Tensor target, float scale) implements Op {

  public GramDifferenceOp {
    Require.that(
        features.shape().rank() >= 3,
        "gram distance: features must have shape [images x channels x positions], not %s",
        features.shape());
    int channels = features.shape().dim(1);
    Shape expected = Shape.of(features.shape().dim(0), channels, channels);
    Require.that(
        target.shape().equals(expected),
        "gram distance: the target must have shape %s, not %s",
        expected,
        target.shape());
  }

  int images() {
    return features.shape().dim(0);
  }

  int channels() {
    return features.shape().dim(1);
  }

  int positions() {
    return GramOp.positions(features.shape());
  }

  @Override
  public Shape shape() {
    long halves = images() * GramDistance.halfElements(channels());
    return Shape.of(Math.toIntExact(images() + halves));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(features, target);
  }

  @Override
  public void gradient(Backward backward) {
    throw Require.notDifferentiable(this);
  }

  @Override
  public long workspaceBytes() {
    return GramDistance.workspace(images(), channels());
  }

  /** Address of the differences, behind the norms. */
  long half(long address) {
    return address + (long) Float.BYTES * images();
  }

  /** Where nothing reads the differences, they are not written. */
  @Override
  public void emit(Emission emission) {
    boolean isHalfRead =
        emission.users().stream().anyMatch(GramDistanceGradientOp.class::isInstance);
    emission.calls(
        GramDistance.value(
            emission.output(),
            isHalfRead ? half(emission.output()) : 0,
            emission.address(features),
            emission.address(target),
            emission.workspace(),
            images(),
            channels(),
            positions(),
            scale));
  }
}
