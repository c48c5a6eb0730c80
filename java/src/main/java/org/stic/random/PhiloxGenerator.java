package org.stic.random;

import java.util.random.RandomGenerator;

/**
 * Philox4x32-10 as a sequential generator: block {@code n} of the stream is the cipher of the
 * counter {@code (n, first, second, purpose)} under the 64-bit seed. Not safe for use by several
 * threads.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class PhiloxGenerator implements RandomGenerator {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private final long seed;
  private final int purpose;
  private final int first;
  private final int second;
  private int block;
  private long pending;
  private boolean hasPending;

  PhiloxGenerator(long seed, int purpose, int first, int second) {
    this.seed = seed;
    this.purpose = purpose;
    this.first = first;
    this.second = second;
  }

  @Override
  public long nextLong() {
    if (hasPending) {
      hasPending = false;
      return pending;
    }
    int[] words = {block++, first, second, purpose};
    encrypt(words, (int) seed, (int) (seed >>> 32));
    pending = join(words[2], words[3]);
    hasPending = true;
    return join(words[0], words[1]);
  }

  /** Replaces the four counter words by their cipher under the key {@code (key0, key1)}. */
  static void encrypt(int[] words, int key0, int key1) {
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(words[0]);
      long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(words[2]);
      int word0 = (int) (product1 >>> 32) ^ words[1] ^ key0;
      int word2 = (int) (product0 >>> 32) ^ words[3] ^ key1;
      words[0] = word0;
      words[1] = (int) product1;
      words[2] = word2;
      words[3] = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
  }

  private static long join(int low, int high) {
    return Integer.toUnsignedLong(low) | (long) high << 32;
  }
}
