package org.stic.data;

/**
 * An order of 0 .. size-1 of which any element can be computed alone, without memory: a Feistel
 * network over the next even number of bits, walked until it stays below the size.
 *
 * <p>Source: Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, method 3
 * (cycle walking with a Feistel network). At most four steps of the walk are expected.
 */
public final class FeistelPermutation {
  private static final int ROUNDS = 6;

  private final int size;
  private final int halfBits;
  private final long[] keys = new long[ROUNDS];

  /** The order of an epoch, the same for the same size, seed and epoch on every machine. */
  public FeistelPermutation(int size, long seed, long epoch) {
    if (size < 1) {
      throw new IllegalArgumentException("an order has at least one element, not " + size);
    }
    this.size = size;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    halfBits = Math.max(1, (bits + 1) / 2);
    CounterRandom random = new CounterRandom(seed, epoch, size);
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = random.nextLong();
    }
  }

  /** The element at a place. */
  public int at(int place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException(place + " is not in 0 .. " + (size - 1));
    }
    long value = place;
    do {
      value = encrypt(value);
    } while (value >= size);
    return (int) value;
  }

  private long encrypt(long value) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (long key : keys) {
      long mixed = left ^ (CounterRandom.mix(right + key) & mask);
      left = right;
      right = mixed;
    }
    return left << halfBits | right;
  }
}
