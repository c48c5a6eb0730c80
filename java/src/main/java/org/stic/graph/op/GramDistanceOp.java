package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;

/**
 * Squared distance {@code |scale F F^T - T|^2} of each Gram matrix from its target; the result is
 * [N], the first part of what {@link GramDifferenceOp} computes. A target is symmetric, and given
 * by its half on and above the diagonal: the other half is not read.
 *
 * @param difference the node of the {@link GramDifferenceOp}
 */
public record GramDistanceOp(Tensor difference) implements Op {

  /** The distance of features [N x C x positions...] from targets [N x C x C]. */
  public static GramDistanceOp of(Tensor features, Tensor target, float scale) {
    return new GramDistanceOp(new GramDifferenceOp(features, target, scale).node());
  }

  /**
   * How often an element of the half stands in the matrix: 1 on the diagonal, 2 above, 0 below; of
   * shape [1 x C x C].
   */
  static Tensor counts(Graph graph, int channels) {
    float[] counts = new float[channels * channels];
    for (int row = 0; row < channels; row++) {
      counts[row * channels + row] = 1;
      for (int column = row + 1; column < channels; column++) {
        counts[row * channels + column] = 2;
      }
    }
    return graph.constant(Shape.of(1, channels, channels), counts);
  }

  private GramDifferenceOp of() {
    return (GramDifferenceOp) difference.operation();
  }

  @Override
  public Shape shape() {
    return Shape.of(of().images());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(difference, of().features(), of().target());
  }

  @Override
  public Tensor viewOf() {
    return difference;
  }

  @Override
  public void gradient(Backward backward) {
    Tensor upstream = backward.upstream();
    Tensor features = of().features();
    backward.to(features, () -> new GramDistanceGradientOp(upstream, difference, features).node());
    backward.to(of().target(), () -> gradientOfTarget(upstream));
  }

  private Tensor gradientOfTarget(Tensor upstream) {
    Tensor gram = new GramOp(of().features(), of().scale()).node();
    Tensor ofMatrix = new GramLossGradientOp(Ops.negate(upstream), gram, of().target()).node();
    return Ops.multiply(counts(upstream.graph(), of().channels()), ofMatrix);
  }

  @Override
  public void emit(Emission emission) {
    // A view: the difference computes it.
  }
}
