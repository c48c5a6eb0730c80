package org.stic.training;

/**
 * Training ran into numbers that are not finite, again and again; the last checkpoint is intact.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(String message) {
    super(message);
  }
}
