package org.stic.cuda;

import java.util.Optional;

/** Which of several kernels that can do a piece of work is to do it, by measurements. */
@FunctionalInterface
public interface KernelPreferences {

  /** No measurements. */
  KernelPreferences NONE = (_, _) -> Optional.empty();

  /**
   * The name of the kernel that was fastest; empty where nothing was measured.
   *
   * @param work an operation and its sizes, as one text
   */
  Optional<String> fastest(String work, MathMode math);
}
