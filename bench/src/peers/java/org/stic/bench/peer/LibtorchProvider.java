package org.stic.bench.peer;

/** Offers libtorch in builds of the profile {@code peers}. */
public final class LibtorchProvider implements PeerProvider {
  @Override
  public PeerProgram open(int threads) {
    return new LibtorchPeer(threads);
  }
}
