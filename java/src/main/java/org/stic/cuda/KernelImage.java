package org.stic.cuda;

/** Which compiled form of the kernels a device loads. */
public enum KernelImage {
  /** The fast one: the fatbin on a GPU, the best image for this processor on the CPU. */
  DEFAULT,
  /**
   * The kernels in their GPU shape, one fiber per CUDA thread: for tests, on the CPU driver only.
   */
  FIBERS
}
