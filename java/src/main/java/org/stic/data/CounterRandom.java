package org.stic.data;

/**
 * A stream of random numbers that is a pure function of its key and a counter, so that data order
 * and drawn images can be recomputed from a seed at any moment and on any machine.
 *
 * <p>SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014, with
 * the finaliser of variant 13 by Stafford. Written out because the library does not promise its
 * bits.
 */
final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private long state;

  /** A stream of its own for each list of keys. */
  CounterRandom(long... keys) {
    for (long key : keys) {
      state = mix(state + GOLDEN_GAMMA ^ mix(key + GOLDEN_GAMMA));
    }
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, bound); the bias of the multiplication is below bound / 2^64. */
  int nextInt(int bound) {
    return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /** Uniform in [low, high). */
  double nextDouble(double low, double high) {
    return low + (high - low) * ((nextLong() >>> 11) * DOUBLE_UNIT);
  }

  /** A bijection that flips about half of the bits for each flipped bit. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
