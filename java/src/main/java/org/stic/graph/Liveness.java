package org.stic.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stic.graph.op.Leaf;
import org.stic.graph.op.ReadOp;

/**
 * From which step to which step of a schedule each value is needed. Views count for what they view.
 */
final class Liveness {

  /** A step after the last one of every schedule. */
  static final int FOREVER = Integer.MAX_VALUE;

  private static final int BEFORE_THE_FIRST = -1;

  private final Map<Tensor, Integer> last = new HashMap<>();

  private Liveness() {}

  static Liveness of(List<Node> schedule, Collection<Tensor> outputs) {
    Liveness liveness = new Liveness();
    for (Node node : schedule) {
      node.operation().inputs().forEach(input -> liveness.use(input, node.index()));
    }
    outputs.forEach(output -> liveness.use(output, FOREVER));
    return liveness;
  }

  /** The tensor whose memory a view shares; the tensor itself where it is none. */
  static Tensor root(Tensor tensor) {
    Tensor viewed = tensor.operation().viewOf();
    return viewed == null ? tensor : root(viewed);
  }

  /** Elements between the start of the root and the start of the tensor. */
  static long offsetInRoot(Tensor tensor) {
    Tensor viewed = tensor.operation().viewOf();
    return viewed == null ? 0 : tensor.operation().viewOffset() + offsetInRoot(viewed);
  }

  /**
   * Whether an operation may write its result over a value that dies with it: it reads all of it
   * element by element.
   */
  static boolean mayOverwrite(Tensor result, Tensor root) {
    List<Tensor> operands =
        result.operation().inputs().stream().filter(input -> root(input) == root).toList();
    return !operands.isEmpty()
        && operands.stream()
            .allMatch(
                operand ->
                    result.operation().overwritable().contains(operand)
                        && offsetInRoot(operand) == 0);
  }

  /** The step that makes the root's value; inputs and constants are there before the first step. */
  int first(Tensor root) {
    return isLasting(root) ? BEFORE_THE_FIRST : root.index();
  }

  /** The last step that uses the root's value; inputs and constants stay for the next run. */
  int last(Tensor root) {
    return isLasting(root) ? FOREVER : last.getOrDefault(root, root.index());
  }

  private static boolean isLasting(Tensor root) {
    return root.operation() instanceof Leaf && !(root.operation() instanceof ReadOp);
  }

  private void use(Tensor tensor, int index) {
    last.merge(root(tensor), index, Math::max);
  }
}
