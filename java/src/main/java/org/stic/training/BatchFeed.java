package org.stic.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Fills batches ahead of the updates that need them, by several threads. What is in a batch depends
 * on the update's number alone and not on the threads. Owns its threads and the batches' memory.
 *
 * @param <D> what a batch is filled from
 */
public final class BatchFeed<D extends BatchFeed.Draft> implements AutoCloseable {
  private static final int MOST_WORKERS = 16;
  private static final int LEAST_AHEAD = 2;
  private static final int MOST_AHEAD = 8;
  private static final long BYTES_AHEAD = 128L << 20;

  /** The images of one batch, decided on but not read. */
  public interface Draft {
    /** Number of parts that can be filled independently. */
    int parts();

    /** Fills one part; may be called from any thread. */
    void fill(int part, Batch batch);
  }

  /**
   * A batch whose draft is filled in.
   *
   * @param draft what it was filled from
   */
  public record Filled<D>(Batch batch, D draft) {}

  private record Pending<D>(int update, D draft, Batch batch, List<Future<?>> parts) {}

  private final IntFunction<D> drafts;
  private final ExecutorService workers;
  private final List<Batch> batches = new ArrayList<>();
  private final Deque<Batch> free = new ArrayDeque<>();
  private final Deque<Pending<D>> pending = new ArrayDeque<>();
  private Batch lent;
  private long waited;

  /**
   * Starts the threads, as many as there are processors.
   *
   * @param images images of one batch
   * @param imageElements numbers of one image
   * @param classes class weights of one image
   * @param drafts decides on the images of an update; called in order, by the thread that takes
   */
  public BatchFeed(int images, int imageElements, int classes, IntFunction<D> drafts) {
    this(images, imageElements, classes, drafts, defaultWorkers());
  }

  BatchFeed(int images, int imageElements, int classes, IntFunction<D> drafts, int workerCount) {
    this.drafts = drafts;
    workers =
        Executors.newFixedThreadPool(
            workerCount, Thread.ofPlatform().daemon().name("feed-", 0).factory());
    Batch first = new Batch(images, imageElements, classes);
    batches.add(first);
    long ahead = Math.clamp(BYTES_AHEAD / first.bytes(), LEAST_AHEAD, MOST_AHEAD);
    while (batches.size() <= ahead) {
      batches.add(new Batch(images, imageElements, classes));
    }
    free.addAll(batches);
  }

  private static int defaultWorkers() {
    return Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The batch of an update, and begins with those of the updates after it. The batch that was taken
   * before is filled anew.
   *
   * @throws org.stic.data.DatasetException if an image cannot be read
   * @throws CancellationException if this thread is interrupted
   */
  public Filled<D> take(int update) {
    long began = System.nanoTime();
    if (lent != null) {
      free.add(lent);
      lent = null;
    }
    if (!pending.isEmpty() && pending.getFirst().update() != update) {
      discard();
    }
    prepare(pending.isEmpty() ? update : pending.getLast().update() + 1);
    Pending<D> next = pending.removeFirst();
    lent = next.batch();
    next.parts().forEach(BatchFeed::await);
    waited += System.nanoTime() - began;
    return new Filled<>(next.batch(), next.draft());
  }

  private void prepare(int first) {
    for (int update = first; !free.isEmpty(); update++) {
      Batch batch = free.remove();
      D draft = drafts.apply(update);
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < draft.parts(); part++) {
        int number = part;
        parts.add(workers.submit(() -> draft.fill(number, batch)));
      }
      pending.add(new Pending<>(update, draft, batch, parts));
    }
  }

  private void discard() {
    for (Pending<D> unwanted : pending) {
      unwanted.parts().forEach(BatchFeed::await);
      free.add(unwanted.batch());
    }
    pending.clear();
  }

  private static void await(Future<?> part) {
    try {
      part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException problem
          ? problem
          : new IllegalStateException(e.getCause());
    }
  }

  /** Nanoseconds that were spent waiting for batches since the last call. */
  long waited() {
    long nanoseconds = waited;
    waited = 0;
    return nanoseconds;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    batches.forEach(Batch::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
