package org.stic.sampler;

import org.stic.graph.Graph;

/**
 * A rule that moves chains through a density. A rule only adds nodes to a graph; the same graph,
 * run once, is one step of all chains without host synchronisation. Noise is a pure function of the
 * seed and the state's step counter. What the next step needs is the {@link ChainState}; what a
 * step tells besides is {@link ChainInfo}.
 */
public sealed interface Sampler permits Langevin, ShortRun, MalaApproximation, Metropolis {

  /** Adds the nodes that complete the state from its position alone. */
  default void initialise(Graph graph, ChainState state) {
    // Without an accept step the position is the whole state.
  }

  /** Adds the nodes of one step, which advance the position and the step counter. */
  void step(Graph graph, ChainState state);
}
