package org.stic.data;

import java.util.stream.IntStream;

/** Orders of training images that depend on nothing but a seed and an epoch. */
public final class Permutation {
  private Permutation() {}

  /**
   * A uniformly drawn order of 0 .. size-1 (Fisher-Yates), the same for the same size, seed and
   * epoch on every machine.
   */
  public static int[] of(int size, long seed, long epoch) {
    int[] order = IntStream.range(0, size).toArray();
    CounterRandom random = new CounterRandom(seed, epoch);
    for (int last = size - 1; last > 0; last--) {
      int chosen = random.nextInt(last + 1);
      int moved = order[last];
      order[last] = order[chosen];
      order[chosen] = moved;
    }
    return order;
  }
}
