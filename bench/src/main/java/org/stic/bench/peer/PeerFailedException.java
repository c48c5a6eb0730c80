package org.stic.bench.peer;

/** A peer that is there does not do what it should; the message has its words. */
final class PeerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PeerFailedException(String message) {
    super(message);
  }
}
