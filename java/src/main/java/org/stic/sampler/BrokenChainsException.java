package org.stic.sampler;

/**
 * Chains keep running into numbers that are not finite; the classifier has most likely diverged.
 */
public final class BrokenChainsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenChainsException(int broken, int chains, int attempts) {
    super(
        "%d of %d chains reached numbers that are not finite in %d attempts; lower the learning rate, the sampler's step size or its gram weight"
            .formatted(broken, chains, attempts));
  }
}
