package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Times two sides in turn, A B A B, so that what else the machine does falls on both.
 *
 * <p>A side's calls per timing are chosen once, so that a timing takes about {@code seconds}.
 * Before a side begins, the other's threads must have come to rest: those of OpenMP and OpenBLAS
 * wait busily for their next work, for 20 to 120 milliseconds after it ended, and would take the
 * processors.
 *
 * @param pairs how many timings of each side
 * @param seconds how long one takes
 * @param mostRest the longest that a side's threads are waited for, in seconds
 */
record Pairing(int pairs, double seconds, double mostRest) {
  private static final int FEWEST_PAIRS = 5;
  private static final int TRIALS = 3;
  private static final int MOST_CALLS = 1_000_000;
  private static final long SLICE_MILLISECONDS = 20;

  /** Of a slice: a program at rest uses less processor time. */
  private static final double AT_REST = 0.1;

  Pairing {
    if (pairs < FEWEST_PAIRS) {
      throw new IllegalArgumentException(
          "a comparison needs at least %d pairs, not %d".formatted(FEWEST_PAIRS, pairs));
    }
    if (!(seconds > 0 && mostRest >= 0)) {
      throw new IllegalArgumentException(
          "a timing must take more than 0 seconds and a rest at least 0, not %s and %s"
              .formatted(seconds, mostRest));
    }
  }

  /**
   * Seconds of one call by each side, pair by pair.
   *
   * @param ours those of our side, in order
   * @param peer those of the peer, each taken right after ours
   */
  record Times(List<Double> ours, List<Double> peer) {}

  /** Warms both sides up, then times them in turn. */
  Times measure(Side ours, Side peer) {
    int ourCalls = calls(ours);
    int peerCalls = calls(peer);
    List<Double> ourSeconds = new ArrayList<>();
    List<Double> peerSeconds = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      ourSeconds.add(timed(ours, ourCalls));
      peerSeconds.add(timed(peer, peerCalls));
    }
    return new Times(ourSeconds, peerSeconds);
  }

  /** Seconds of one call; returns when the side's threads rest again. */
  private double timed(Side side, int calls) {
    double once = side.seconds(calls) / calls;
    rest(side);
    return once;
  }

  /** How many calls fill a timing, by the fastest of some trials of about the final length. */
  private int calls(Side side) {
    double fastest = timed(side, 1);
    int calls = 1;
    for (int trial = 0; trial < TRIALS && fastest < seconds; trial++) {
      calls = Math.clamp(Math.round(seconds / Math.max(fastest, 1e-9)), 1, MOST_CALLS);
      fastest = Math.min(fastest, timed(side, calls));
    }
    return calls;
  }

  private void rest(Side side) {
    double slice = 1e-3 * SLICE_MILLISECONDS;
    double before = side.processorSeconds();
    for (double waited = 0; waited < mostRest; waited += slice) {
      sleep();
      double now = side.processorSeconds();
      if (now - before < AT_REST * slice) {
        return;
      }
      before = now;
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(SLICE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
