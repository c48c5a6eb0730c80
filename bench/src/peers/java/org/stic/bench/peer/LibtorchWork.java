package org.stic.bench.peer;

import org.bytedeco.pytorch.Tensor;

/** A subject in libtorch. */
interface LibtorchWork {

  /** Does the work once. */
  void once();

  /** What it yields on the operands. */
  Tensor result();
}
