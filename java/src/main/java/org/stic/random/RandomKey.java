package org.stic.random;

/**
 * Names one stream of random numbers.
 *
 * @param seed the run's seed
 * @param purpose what the numbers are for
 * @param first outer index within the purpose, such as the pass
 * @param second inner index within the purpose, such as the update or the chain
 */
public record RandomKey(long seed, Purpose purpose, int first, int second) {

  /** A generator that starts at the beginning of this key's stream. */
  public PhiloxGenerator generator() {
    return new PhiloxGenerator(seed, purpose.code(), first, second);
  }
}
