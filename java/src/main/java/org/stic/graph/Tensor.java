package org.stic.graph;

import org.stic.graph.op.Op;

/**
 * A symbolic fp32 value of static shape: one node of a {@link Graph}, made by {@link Graph} and
 * {@link Ops} only. Immutable; two tensors are equal only when they are the same node.
 */
public final class Tensor implements Node {

  private final Graph graph;
  private final int index;
  private final Op op;
  private final Shape shape;

  Tensor(Graph graph, int index, Op op) {
    this.graph = graph;
    this.index = index;
    this.op = op;
    this.shape = op.shape();
  }

  /** The graph that this node belongs to. */
  public Graph graph() {
    return graph;
  }

  @Override
  public int index() {
    return index;
  }

  /** The operation that computes this value. */
  @Override
  public Op operation() {
    return op;
  }

  /** Static shape of the value. */
  public Shape shape() {
    return shape;
  }

  @Override
  public String toString() {
    return "%%%d %s %s".formatted(index, op.name(), shape);
  }
}
