package org.stic.sampler;

import java.util.List;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.op.IncrementEffect;
import org.stic.kernels.Wall;

/**
 * The unadjusted Langevin algorithm (ULA), {@code x' = wall(x + eps grad U(x) + sqrt(2 eps T) xi)}
 * without an accept step; with gradients of minibatches it is known as SGLD. Its chains sample the
 * density proportional to {@code exp(U / T)} only in the limit of small {@code eps} and many steps;
 * at the step sizes that draw images it is a short noisy ascent.
 *
 * @param density U
 * @param stepSize eps; the proposal's variance per coordinate is {@code 2 eps T}
 * @param temperature T
 * @param seed key of the noise
 * @param wall what happens at the sides of the box [-1, 1]
 */
public record Langevin(LogDensity density, float stepSize, float temperature, long seed, Wall wall)
    implements Sampler {

  @Override
  public void step(Graph graph, ChainState state) {
    Tensor position = graph.read(state.position());
    Tensor gradient = Gradients.of(density.of(position), List.of(position)).getFirst();
    Tensor step = graph.constant(Shape.of(1), stepSize);
    Tensor counter = graph.read(state.step());
    graph.assign(
        state.position(),
        Ops.langevin(position, gradient, step, null, counter, temperature, seed, wall));
    graph.effect(new IncrementEffect(state.step()));
  }
}
