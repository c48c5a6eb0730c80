package org.stic.bench.peer;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Judges a result. */
@FunctionalInterface
interface Check {
  /** How many elements a sample has, and the seed that draws them. */
  int SAMPLES = 256;

  long SEED = 7;

  /**
   * Returns if the result is right.
   *
   * @param side whose result it is
   * @throws WrongResultException if it is wrong, naming the side and the worst element
   */
  void verify(String side, double[] result);

  /** All elements against exact ones. */
  static Check against(double[] exact, double tolerance) {
    return (side, result) -> {
      if (result.length != exact.length) {
        throw new WrongResultException(
            "%s yields %d elements, not %d".formatted(side, result.length, exact.length));
      }
      verify(side, result, IntStream.range(0, exact.length).toArray(), exact, tolerance);
    };
  }

  /**
   * The first and the last element, where tails are, and many drawn ones.
   *
   * @param exact an element's value in double precision
   */
  static Check sampled(int elements, IntToDoubleFunction exact, double tolerance) {
    int[] indices =
        IntStream.concat(IntStream.of(0, elements - 1), new Random(SEED).ints(SAMPLES, 0, elements))
            .toArray();
    double[] expected = IntStream.of(indices).mapToDouble(exact).toArray();
    return (side, result) -> verify(side, result, indices, expected, tolerance);
  }

  private static void verify(
      String side, double[] result, int[] indices, double[] exact, double tolerance) {
    double greatest = 0;
    for (double value : exact) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    for (int i = 0; i < indices.length; i++) {
      double found = result[indices[i]];
      if (!(Math.abs(found - exact[i]) <= tolerance * greatest)) {
        throw new WrongResultException(
            "%s is wrong: element %d is %g, in double precision %g, at values up to %g"
                .formatted(side, indices[i], found, exact[i], greatest));
      }
    }
  }
}
