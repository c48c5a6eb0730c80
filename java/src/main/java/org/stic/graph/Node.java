package org.stic.graph;

import org.stic.graph.op.Operation;

/**
 * One step of a graph: a value ({@link Tensor}) or a change of variables ({@link EffectNode}), in
 * creation order.
 */
public sealed interface Node permits Tensor, EffectNode {

  /** Position in the creation order of the graph. */
  int index();

  /** What the step computes. */
  Operation operation();
}
