package org.stic.bench.peer;

/** Offers a peer that only some builds have; found by {@link java.util.ServiceLoader}. */
interface PeerProvider {

  /** The peer, with a number of threads. */
  PeerProgram open(int threads);
}
