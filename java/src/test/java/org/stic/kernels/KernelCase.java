package org.stic.kernels;

import java.util.function.Consumer;

/**
 * One row of the table of kernel tests.
 *
 * @param kernel the kernel that the row tests
 * @param situation its sizes and other circumstances
 * @param test runs the kernel and compares with an oracle
 */
record KernelCase(String kernel, String situation, Consumer<KernelRig> test) {

  @Override
  public String toString() {
    return kernel + " " + situation;
  }
}
