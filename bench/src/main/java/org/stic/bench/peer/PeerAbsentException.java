package org.stic.bench.peer;

/** A peer, or one thing of it, is not to be had here; the message says why. */
final class PeerAbsentException extends Exception {
  private static final long serialVersionUID = 1;

  PeerAbsentException(String why) {
    super(why);
  }
}
