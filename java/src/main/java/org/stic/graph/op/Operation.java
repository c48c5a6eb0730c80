package org.stic.graph.op;

import java.util.List;
import java.util.Locale;
import org.stic.graph.Tensor;

/** What a node of a graph does: a value ({@link Op}) or a change of variables ({@link Effect}). */
public sealed interface Operation permits Op, Effect {

  /**
   * Name for error messages and dumps: the class name without its ending, as two words where it has
   * two.
   */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(Op|Effect)$", "")
        .replaceAll("(?<=.)([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  /** The values that it reads, in a fixed order. */
  List<Tensor> inputs();

  /**
   * Bytes of scratch memory that its kernels need; uninitialised, and free again after its last
   * kernel.
   */
  default long workspaceBytes() {
    return 0;
  }

  /** Adds the kernel calls that compute it, with concrete addresses. */
  void emit(Emission emission);
}
