package org.stic.sampler;

import org.stic.graph.Graph;

/**
 * A rule that moves chains through a log-density. A rule only adds nodes to a graph; the same
 * graph, run once, is one step of all chains without host synchronisation. Noise is a pure function
 * of the seed and the state's step counter.
 */
public sealed interface Sampler permits Langevin, Metropolis {

  /** Adds the nodes that complete the state from its position alone. */
  void initialise(Graph graph, ChainState state, LogDensity density);

  /** Adds the nodes of one step, which advance the position and the step counter. */
  void step(Graph graph, ChainState state, LogDensity density);
}
