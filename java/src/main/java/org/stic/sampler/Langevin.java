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
 * The approximate sampler: {@code x' = wall(x + eps grad U(x) + sqrt(2 eps T) xi)} without an
 * accept step. For small {@code eps} it is the unadjusted Langevin algorithm at temperature T; at
 * the step sizes that draw images it is a noisy ascent, and its chains do not sample the density.
 *
 * @param stepSize eps; the proposal's variance per coordinate is {@code 2 eps T}
 * @param temperature T
 * @param seed key of the noise
 * @param wall what happens at the sides of the box [-1, 1]
 */
public record Langevin(float stepSize, float temperature, long seed, Wall wall) implements Sampler {

  @Override
  public void initialise(Graph graph, ChainState state, LogDensity density) {
    // The position is the whole state.
  }

  @Override
  public void step(Graph graph, ChainState state, LogDensity density) {
    Tensor position = graph.read(state.position());
    Tensor gradient = Gradients.of(density.of(position), List.of(position)).getFirst();
    Tensor step = graph.constant(Shape.of(1), stepSize);
    Tensor counter = graph.read(state.step());
    graph.assign(
        state.position(), Ops.langevin(position, gradient, step, counter, temperature, seed, wall));
    graph.effect(new IncrementEffect(state.step()));
  }
}
