package org.stic.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stic.graph.op.AssignEffect;
import org.stic.graph.op.Leaf;
import org.stic.graph.op.ReadOp;

/**
 * Where each value of a program lives. Values share one arena: two of them may have the same bytes
 * when their lives do not meet. A view lives in the memory of what it views, a read in its
 * variable, a value that is assigned in the variable where that is safe, and the result of an
 * elementwise operation in an operand that dies there.
 */
final class MemoryPlan {

  /** How much memory values share. */
  enum Reuse {
    /** As much as is safe. */
    FULL,
    /** None but that of views: what the shared plan is tested against. */
    NONE
  }

  private final Liveness liveness;
  private final VariableAccess access;
  private final Reuse reuse;
  private final Map<Tensor, ArenaBlock> values = new HashMap<>();
  private final Map<Node, ArenaBlock> workspaces = new HashMap<>();
  private final Map<Tensor, Variable> inVariables = new HashMap<>();
  private final List<ArenaBlock> blocks = new ArrayList<>();
  private final long arenaBytes;

  private MemoryPlan(List<Node> schedule, Collection<Tensor> outputs, Reuse reuse) {
    this.liveness = Liveness.of(schedule, outputs);
    this.access = new VariableAccess(schedule, liveness);
    this.reuse = reuse;
    if (reuse == Reuse.FULL) {
      placeInVariables(schedule);
    }
    schedule.forEach(this::placeInArena);
    this.arenaBytes = ArenaBlock.pack(blocks);
  }

  /** Plans the nodes of a schedule in creation order; outputs live on after the last of them. */
  static MemoryPlan of(List<Node> schedule, Collection<Tensor> outputs, Reuse reuse) {
    return new MemoryPlan(schedule, outputs, reuse);
  }

  /** Bytes of the arena: the peak. */
  long arenaBytes() {
    return arenaBytes;
  }

  /** Bytes that all blocks would take side by side. */
  long totalBytes() {
    return blocks.stream().mapToLong(ArenaBlock::bytes).sum();
  }

  /** Everything that is placed in the arena. */
  List<ArenaBlock> blocks() {
    return blocks;
  }

  /** The variable whose memory holds the value; null where it is in the arena. */
  Variable variable(Tensor tensor) {
    return inVariables.get(Liveness.root(tensor));
  }

  /** First byte of a value in its variable or in the arena. */
  long offset(Tensor tensor) {
    Tensor root = Liveness.root(tensor);
    long start = inVariables.containsKey(root) ? 0 : values.get(root).offset();
    return start + Liveness.offsetInRoot(tensor) * Float.BYTES;
  }

  /** First byte of a node's workspace in the arena; 0 where it needs none. */
  long workspaceOffset(Node node) {
    return workspaces.containsKey(node) ? workspaces.get(node).offset() : 0;
  }

  private void placeInVariables(List<Node> schedule) {
    for (Node node : schedule) {
      if (node.operation() instanceof ReadOp read && access.mayAlias((Tensor) node)) {
        inVariables.put((Tensor) node, read.variable());
      }
    }
    for (Node node : schedule) {
      if (node.operation() instanceof AssignEffect assign && mayPlace(assign, node.index())) {
        inVariables.put(Liveness.root(assign.value()), assign.variable());
      }
    }
  }

  private boolean mayPlace(AssignEffect assign, int index) {
    Tensor root = Liveness.root(assign.value());
    return !(root.operation() instanceof Leaf)
        && !inVariables.containsKey(root)
        && root.shape().elements() == assign.variable().shape().elements()
        && access.mayComputeIn(assign.variable(), root, index)
        && inVariables.entrySet().stream()
            .noneMatch(other -> isOverwritten(other.getKey(), other.getValue(), assign, root));
  }

  /**
   * Whether a value that was placed in an overlapping variable is needed when the new one is made.
   */
  private boolean isOverwritten(
      Tensor placed, Variable variable, AssignEffect assign, Tensor root) {
    return !(placed.operation() instanceof ReadOp)
        && variable.overlaps(assign.variable())
        && liveness.last(placed) >= root.index();
  }

  private void placeInArena(Node node) {
    if (node.operation().workspaceBytes() > 0) {
      workspaces.put(
          node,
          append(new ArenaBlock(node.operation().workspaceBytes(), node.index(), node.index())));
    }
    if (node instanceof Tensor tensor
        && tensor.operation().viewOf() == null
        && !inVariables.containsKey(tensor)) {
      values.put(tensor, reuse == Reuse.FULL ? blockFor(tensor) : ownBlock(tensor));
    }
  }

  private ArenaBlock blockFor(Tensor tensor) {
    for (Tensor operand : tensor.operation().overwritable()) {
      Tensor root = Liveness.root(operand);
      ArenaBlock block = values.get(root);
      boolean dies =
          block != null
              && block.last() == tensor.index()
              && block.bytes() == tensor.shape().bytes();
      if (dies && Liveness.mayOverwrite(tensor, root)) {
        block.extend(liveness.last(tensor));
        return block;
      }
    }
    return append(
        new ArenaBlock(tensor.shape().bytes(), liveness.first(tensor), liveness.last(tensor)));
  }

  private ArenaBlock ownBlock(Tensor tensor) {
    return append(new ArenaBlock(tensor.shape().bytes(), 0, Liveness.FOREVER));
  }

  private ArenaBlock append(ArenaBlock block) {
    blocks.add(block);
    return block;
  }
}
