package org.stic.graph;

import java.util.BitSet;
import java.util.List;

/** The nodes of a graph that a program needs, in creation order. */
final class Schedule {

  private final BitSet needed = new BitSet();

  private Schedule() {}

  /**
   * Everything that leads to an output or an effect, and all inputs, so that each of them can be
   * set.
   */
  static List<Node> of(Graph graph) {
    Schedule schedule = new Schedule();
    graph.inputs().values().forEach(schedule::need);
    graph.outputs().values().forEach(schedule::need);
    List<Node> nodes = graph.nodes();
    nodes.reversed().forEach(schedule::visit);
    return nodes.stream().filter(node -> schedule.needed.get(node.index())).toList();
  }

  private void visit(Node node) {
    if (node instanceof EffectNode) {
      need(node);
    }
    if (needed.get(node.index())) {
      node.operation().inputs().forEach(this::need);
    }
  }

  private void need(Node node) {
    needed.set(node.index());
  }
}
