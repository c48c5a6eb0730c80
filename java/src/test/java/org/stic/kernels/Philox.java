package org.stic.kernels;

/**
 * Philox4x32-10 as its paper gives it, and the numbers that kernels/include/philox.cuh makes of its
 * words.
 */
public final class Philox {
  static final int PROPOSAL = 0x80000001;
  static final int ACCEPTANCE = 0x80000002;
  static final int SHIFT = 0x80000003;

  private Philox() {}

  /** The four words of one call; key and counter have the least significant word first. */
  static int[] words(int[] counter, int[] key) {
    int[] c = counter.clone();
    int k0 = key[0];
    int k1 = key[1];
    for (int round = 0; round < 10; round++) {
      long a = 0xD2511F53L * Integer.toUnsignedLong(c[0]);
      long b = 0xCD9E8D57L * Integer.toUnsignedLong(c[2]);
      c = new int[] {(int) (b >>> 32) ^ c[1] ^ k0, (int) b, (int) (a >>> 32) ^ c[3] ^ k1, (int) a};
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return c;
  }

  /** The rows and columns by which kernels/sampler/circular_shift.cu moves images. */
  public static int[] shift(long seed, int step, int reach) {
    int[] words = call(seed, 0, step, SHIFT, 0);
    int count = 2 * reach + 1;
    return new int[] {
      Integer.remainderUnsigned(words[0], count) - reach,
      Integer.remainderUnsigned(words[1], count) - reach
    };
  }

  static double uniform(long seed, int chain, int step, int purpose, int element) {
    return uniform(call(seed, chain, step, purpose, element)[element % 128 / 32]);
  }

  static double normal(long seed, int chain, int step, int purpose, int element) {
    int[] words = call(seed, chain, step, purpose, element);
    int plane = element % 128 / 32;
    double radius = Math.sqrt(-2 * Math.log(uniform(words[plane & 2])));
    double angle = 2 * Math.PI * uniform(words[(plane & 2) | 1]);
    return radius * (plane % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
  }

  private static int[] call(long seed, int chain, int step, int purpose, int element) {
    int call = element / 128 * 32 + element % 32;
    return words(
        new int[] {call, chain, step, purpose}, new int[] {(int) seed, (int) (seed >>> 32)});
  }

  private static double uniform(int word) {
    return (word >>> 9) * 0x1p-23 + 0x1p-24;
  }
}
