package org.stic.bench.peer;

import java.util.Arrays;
import java.util.Random;

/**
 * A named array that both sides start from.
 *
 * @param name as the peer knows it
 * @param sizes of its axes, row-major
 * @param values all elements
 */
@SuppressWarnings("ArrayRecordComponent")
record Operand(String name, int[] sizes, float[] values) {
  Operand {
    int elements = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "operand %s of sizes %s has %d values, not %d"
              .formatted(name, Arrays.toString(sizes), elements, values.length));
    }
  }

  /** Standard normal values times a scale: zeros and patterns would run faster on some machines. */
  static Operand normal(String name, long seed, double scale, int... sizes) {
    Random random = new Random(seed);
    float[] values = new float[Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (scale * random.nextGaussian());
    }
    return new Operand(name, sizes, values);
  }
}
