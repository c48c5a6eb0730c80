package org.stic.training;

import java.util.concurrent.CancellationException;

/** Lets long work end at a safe place when its thread is interrupted. */
final class Cancellation {

  private Cancellation() {}

  /**
   * Ends the work if the thread was interrupted; the interrupt stays set.
   *
   * @throws CancellationException if so
   */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted; what was finished before is kept");
    }
  }
}
