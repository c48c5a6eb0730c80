package org.stic.graph;

import java.util.List;
import org.stic.graph.op.ReadOp;

/**
 * When a schedule reads and writes variables, and which values may therefore live in a variable's
 * own memory.
 */
final class VariableAccess {

  private final List<Tensor> reads;
  private final List<EffectNode> effects;
  private final Liveness liveness;

  VariableAccess(List<Node> schedule, Liveness liveness) {
    this.reads =
        schedule.stream()
            .filter(node -> node.operation() instanceof ReadOp)
            .map(Tensor.class::cast)
            .toList();
    this.effects =
        schedule.stream().filter(EffectNode.class::isInstance).map(EffectNode.class::cast).toList();
    this.liveness = liveness;
  }

  /** Whether a read needs no copy: nothing writes the variable before the last use of the value. */
  boolean mayAlias(Tensor read) {
    return !isOverwritten(variable(read), read.index(), liveness.last(read));
  }

  /**
   * Whether a value may be computed in the memory of the variable that it is assigned to: nobody
   * needs the old content once the value is made, and nobody overwrites it while it is used.
   *
   * @param assigned step of the assignment
   */
  boolean mayComputeIn(Variable variable, Tensor root, int assigned) {
    int made = root.index();
    return !isOverwritten(variable, made, assigned)
        && !isOverwritten(variable, assigned, liveness.last(root))
        && reads.stream()
            .filter(read -> read.index() < assigned && variable(read).overlaps(variable))
            .allMatch(read -> isDoneWith(read, variable, root));
  }

  /**
   * Whether an old value is not used after the new one is made, and only element by element to make
   * it.
   */
  private boolean isDoneWith(Tensor read, Variable variable, Tensor root) {
    int last = liveness.last(read);
    boolean inPlace = variable(read).sameMemory(variable) && Liveness.mayOverwrite(root, read);
    return last < root.index() || (last == root.index() && inPlace);
  }

  /**
   * Whether an effect destroys the variable's content before its last use. The effect that uses it
   * last may write the very same elements, not others that overlap with them.
   */
  private boolean isOverwritten(Variable variable, int after, int last) {
    return effects.stream()
        .filter(effect -> after < effect.index() && effect.index() <= last)
        .flatMap(
            effect ->
                effect.operation().writes().stream()
                    .filter(variable::overlaps)
                    .map(written -> effect.index() < last || !variable.sameMemory(written)))
        .anyMatch(destroyed -> destroyed);
  }

  private static Variable variable(Tensor read) {
    return ((ReadOp) read.operation()).variable();
  }
}
