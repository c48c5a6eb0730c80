package org.stic.bench.result;

import java.util.EnumSet;
import java.util.Set;

/**
 * Decides what two rows' samples say.
 *
 * <p>SLOWER and FASTER need an interval that excludes 1 and an estimate beyond the smallest effect
 * that matters; SAME needs an interval within that effect. Everything else, and every disturbed
 * row, is UNSURE. Rows against a peer are compared by their ratios, pair by pair, which a slower
 * day does not change.
 *
 * @param effect the smallest relative change that matters, such as 0.02
 * @param level probability that the row's interval misses the truth
 * @param tail of the test
 */
record Judgement(double effect, double level, RankSumTail tail) {

  /** Compares two rows of one key, both measured. */
  RowComparison compare(Row before, Row after) {
    Distribution first = values(before);
    Distribution second = values(after);
    ShiftEstimate measured = ShiftEstimate.of(first, second, tail, level);
    String doubt = doubt(before, after);
    ShiftEstimate change = doubt.isEmpty() ? measured : measured.widened();
    Verdict verdict = doubt.isEmpty() ? verdict(change, better(before)) : Verdict.UNSURE;
    return new RowComparison(
        before.key(),
        before.peer() == null ? before.unit() : "",
        first.median(),
        second.median(),
        change,
        verdict,
        doubt.isEmpty() ? remark(change, verdict) : doubt);
  }

  private static Distribution values(Row row) {
    return row.peer() == null ? row.distribution() : row.ratios();
  }

  private static Better better(Row row) {
    return row.peer() == null ? row.better() : Better.HIGHER;
  }

  private Verdict verdict(ShiftEstimate change, Better better) {
    boolean isSmall = change.low() >= 1 / (1 + effect) && change.high() <= 1 + effect;
    if (isSmall) {
      return Verdict.SAME;
    }
    boolean isUp = change.low() > 1 && change.factor() > 1 + effect;
    boolean isDown = change.high() < 1 && change.factor() < 1 / (1 + effect);
    if (!isUp && !isDown) {
      return Verdict.UNSURE;
    }
    return isUp == (better == Better.LOWER) ? Verdict.SLOWER : Verdict.FASTER;
  }

  /** Why the samples are not to be trusted; empty where nothing speaks against them. */
  private static String doubt(Row before, Row after) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(before.flags());
    flags.addAll(after.flags());
    if (!flags.isEmpty()) {
      return flags.contains(Flag.THROTTLED) ? "throttled" : "loaded machine";
    }
    boolean isOtherPeer =
        before.peer() != null && !before.peer().version().equals(after.peer().version());
    return isOtherPeer
        ? "the peer's version changed from %s to %s"
            .formatted(before.peer().version(), after.peer().version())
        : "";
  }

  private static String remark(ShiftEstimate change, Verdict verdict) {
    if (verdict != Verdict.UNSURE) {
      return "";
    }
    return Double.isInfinite(change.high()) ? "too few samples" : "too noisy for so small a change";
  }
}
