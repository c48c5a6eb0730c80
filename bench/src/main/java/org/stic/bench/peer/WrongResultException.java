package org.stic.bench.peer;

/** A side computes something else than the subject says; nothing of it is timed. */
final class WrongResultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongResultException(String message) {
    super(message);
  }
}
