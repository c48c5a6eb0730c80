package org.stic.kernels;

import java.util.function.LongFunction;

/**
 * What a kernel is, for readers, tests and benchmarks alike.
 *
 * @param name the exported name
 * @param family the folder of {@code kernels/} that it stands in
 * @param formula what it computes
 * @param cost least bytes moved and operations, in the names of the formula; {@link
 *     KernelCall#cost()} has the numbers
 * @param accuracy tolerance against double precision, by the number of terms that one result sums
 *     (1 if it sums none)
 * @param onlyGpuShape whether it makes sense with a GPU's blocks only, so that the CPU's fast image
 *     has no such kernel
 */
public record KernelDescription(
    String name,
    String family,
    String formula,
    String cost,
    LongFunction<Tolerance> accuracy,
    boolean onlyGpuShape) {

  /** A kernel that every image has. */
  public KernelDescription(
      String name, String family, String formula, String cost, LongFunction<Tolerance> accuracy) {
    this(name, family, formula, cost, accuracy, false);
  }

  /** The same work by another kernel, which makes sense with a GPU's blocks only. */
  KernelDescription forGpu(String kernel) {
    return new KernelDescription(kernel, family, formula, cost, accuracy, true);
  }

  /** The tolerance of a result that sums so many terms. */
  public Tolerance tolerance(long terms) {
    return accuracy.apply(terms);
  }
}
