package org.stic.graph;

import java.util.stream.Collectors;
import org.stic.graph.op.Effect;

/** A step that writes variables; it runs in creation order and is always kept. */
public record EffectNode(int index, Effect operation) implements Node {

  @Override
  public String toString() {
    return operation.writes().stream()
        .map(Variable::toString)
        .collect(Collectors.joining(", ", "%%%d %s -> ".formatted(index, operation.name()), ""));
  }
}
