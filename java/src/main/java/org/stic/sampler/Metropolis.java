package org.stic.sampler;

import java.util.List;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.IncrementEffect;
import org.stic.graph.op.MetropolisEffect;
import org.stic.graph.op.MetropolisStepEffect;
import org.stic.kernels.Wall;

/**
 * The exact sampler, MALA: a Langevin proposal that is taken with probability {@code min(1,
 * alpha)},
 *
 * <pre>
 *   log alpha = (U(x') - U(x)) / T + log q(x | x') - log q(x' | x),
 *   q(b | a) = N(b; a + eps P grad U(a), 2 eps T P), with the mirror images at reflecting walls.
 * </pre>
 *
 * <p>Its chains sample the density proportional to {@code exp(U / T)} on the box. Value and
 * gradient at the position are kept, so a step costs one evaluation whether it is taken or not.
 *
 * <p>Source: Roberts and Tweedie, "Exponential convergence of Langevin distributions", 1996.
 *
 * @param density U
 * @param temperature T
 * @param seed key of the noise and of the accept decisions
 * @param wall {@link Wall#NONE} or {@link Wall#REFLECT}; clipping has no density and is refused
 * @param stepSize the step size and its adaptation
 * @param diagonal the preconditioner P, one number for each coordinate; null for the identity
 * @param info where acceptance is told
 */
public record Metropolis(
    LogDensity density,
    float temperature,
    long seed,
    Wall wall,
    AdaptiveStepSize stepSize,
    Variable diagonal,
    ChainInfo info)
    implements Sampler {

  public Metropolis {
    if (wall == Wall.CLIP) {
      throw new IllegalArgumentException(
          "the exact sampler cannot clip at the walls; they must reflect, or there must be none");
    }
  }

  @Override
  public void initialise(Graph graph, ChainState state) {
    Tensor position = graph.read(state.position());
    Tensor logDensity = density.of(position);
    graph.assign(state.gradient(), Gradients.of(logDensity, List.of(position)).getFirst());
    graph.assign(state.logDensity(), logDensity);
  }

  @Override
  public void step(Graph graph, ChainState state) {
    Tensor step = graph.read(stepSize.value());
    Tensor counter = graph.read(state.step());
    Tensor proposal = Ops.stopGradient(propose(graph, state, step, counter));
    graph.effect(test(graph, state, proposal));
    stepSize.adapt(graph, info.acceptance());
    graph.effect(new IncrementEffect(state.step()));
  }

  /** Whether {@link #advance} can do a step of these chains. */
  boolean canAdvance(ChainState state) {
    return state.position().shape().elements() / state.chains()
        <= org.stic.kernels.Metropolis.LARGEST_CHAIN;
  }

  /**
   * Adds the node of the first proposal of steps by {@link #advance}.
   *
   * @param proposal as the position
   */
  void propose(Graph graph, ChainState state, Variable proposal) {
    Tensor step = graph.read(stepSize.value());
    graph.assign(proposal, propose(graph, state, step, graph.read(state.step())));
  }

  /**
   * Adds the nodes of one step that begins with its proposal made and ends with the next one made,
   * in one kernel with the test. The step size stays as it is.
   */
  void advance(Graph graph, ChainState state, Variable proposal) {
    Tensor made = Ops.stopGradient(graph.read(proposal));
    graph.effect(new MetropolisStepEffect(test(graph, state, made), proposal));
    graph.effect(new IncrementEffect(state.step()));
  }

  private MetropolisEffect test(Graph graph, ChainState state, Tensor proposal) {
    Tensor logDensity = density.of(proposal);
    return new MetropolisEffect(
        memory(state),
        proposal,
        Gradients.of(logDensity, List.of(proposal)).getFirst(),
        logDensity,
        graph.read(stepSize.value()),
        preconditioner(graph),
        graph.read(state.step()),
        temperature,
        seed,
        wall);
  }

  private Tensor propose(Graph graph, ChainState state, Tensor step, Tensor counter) {
    Tensor position = graph.read(state.position());
    Tensor gradient = graph.read(state.gradient());
    return Ops.langevin(
        position, gradient, step, preconditioner(graph), counter, temperature, seed, wall);
  }

  private Tensor preconditioner(Graph graph) {
    return diagonal == null ? null : graph.read(diagonal);
  }

  private MetropolisEffect.Chains memory(ChainState state) {
    return new MetropolisEffect.Chains(
        state.position(),
        state.gradient(),
        state.logDensity(),
        info.acceptance(),
        info.logRatio(),
        info.accepted(),
        info.broken());
  }
}
