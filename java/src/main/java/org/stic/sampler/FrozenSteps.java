package org.stic.sampler;

import java.util.function.Consumer;
import org.stic.cuda.Device;
import org.stic.graph.Graph;
import org.stic.graph.Program;
import org.stic.graph.Variable;

/**
 * Exact steps of chains that fit a block each, with a step size that stays: the test of a step and
 * the proposal of the next are one kernel, with the bits of the two apart. Owns its programs and
 * its memory.
 */
final class FrozenSteps implements AutoCloseable {
  private final Variable proposal;
  private final Program first;
  private final Program step;

  /**
   * Compiles the programs.
   *
   * @param rule must be able to {@link Metropolis#canAdvance advance} the chains
   */
  FrozenSteps(Device device, Metropolis rule, ChainState state) {
    proposal = Variable.allocate(device, "proposal", state.position().shape());
    first = compile(device, graph -> rule.propose(graph, state, proposal));
    step = compile(device, graph -> rule.advance(graph, state, proposal));
  }

  private static Program compile(Device device, Consumer<Graph> nodes) {
    Graph graph = new Graph();
    nodes.accept(graph);
    return Program.compile(device, graph);
  }

  /** Runs steps from where the chains are; returns when they are enqueued. */
  void run(int steps) {
    first.run();
    step.run(steps);
  }

  @Override
  public void close() {
    first.close();
    step.close();
    proposal.close();
  }
}
