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
 */
public record KernelDescription(
    String name, String family, String formula, String cost, LongFunction<Tolerance> accuracy) {

  /** The tolerance of a result that sums so many terms. */
  public Tolerance tolerance(long terms) {
    return accuracy.apply(terms);
  }
}
