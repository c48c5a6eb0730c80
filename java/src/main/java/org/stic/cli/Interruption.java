package org.stic.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: interrupts the working thread, and holds the process for a moment so that the work can
 * stop at a safe place and remove what is half written. The Java machine then exits with 130 by
 * itself.
 */
final class Interruption {
  private static final int SECONDS_TO_STOP = 20;

  private final AtomicBoolean isShuttingDown = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Interruption() {}

  /** Watches for the end of the process that this thread did not ask for. */
  static Interruption install(Thread worker) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.stop(worker), "interruption"));
    return interruption;
  }

  /**
   * Says that the work is over.
   *
   * @return whether the process is ending already, so that nobody must end it
   */
  boolean finish() {
    stopped.countDown();
    return !isShuttingDown.compareAndSet(false, true);
  }

  private void stop(Thread worker) {
    if (isShuttingDown.compareAndSet(false, true)) {
      worker.interrupt();
      awaitStop();
    }
  }

  private void awaitStop() {
    try {
      boolean isStopped = stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
      if (!isStopped) {
        System.err.println("stic: the work did not stop in time and was cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
