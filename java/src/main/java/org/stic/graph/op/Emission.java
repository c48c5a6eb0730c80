package org.stic.graph.op;

import java.util.List;
import org.stic.graph.Tensor;
import org.stic.kernels.KernelCall;

/**
 * Where an operation puts its kernel calls, with the addresses that the memory plan gave to its
 * operands.
 */
public interface Emission {

  /** Device address of an input's first element. */
  long address(Tensor input);

  /** Device address of the output of the operation that is being emitted. */
  long output();

  /** Device address of the scratch memory that {@link Operation#workspaceBytes()} asked for. */
  long workspace();

  /** The operations of the program that read the output. */
  List<Operation> users();

  /** Appends one launch. */
  void call(KernelCall call);

  /** Appends launches in order. */
  default void calls(List<KernelCall> calls) {
    calls.forEach(this::call);
  }
}
