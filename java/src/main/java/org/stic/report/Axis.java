package org.stic.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis that covers some values with round tick marks.
 *
 * @param low value at its beginning, a tick
 * @param high value at its end, a tick
 * @param step distance of ticks
 */
record Axis(double low, double high, double step) {
  private static final int TICKS = 4;

  /** The tightest axis whose ticks are 1, 2 or 5 times a power of ten apart. */
  static Axis covering(double smallest, double largest) {
    double range = largest > smallest ? largest - smallest : Math.max(Math.abs(largest), 1);
    double step = roundStep(range / TICKS);
    double low = Math.floor(smallest / step) * step;
    double high = Math.ceil(largest / step) * step;
    return new Axis(low, high > low ? high : low + step, step);
  }

  /** An axis of whole numbers, such as passes. */
  static Axis ofWholeNumbers(double smallest, double largest) {
    double step = Math.max(1, roundStep((largest - smallest) / TICKS));
    double high = Math.ceil((largest - smallest) / step) * step + smallest;
    return new Axis(smallest, Math.max(high, smallest + 1), step);
  }

  private static double roundStep(double step) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(step)));
    double leading = step / magnitude;
    return magnitude * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
  }

  /** Where a value lies, 0 at the beginning and 1 at the end. */
  double position(double value) {
    return (value - low) / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long tick = 0; tick <= count; tick++) {
      ticks.add(low + tick * step);
    }
    return ticks;
  }

  /** A value with as many digits as the ticks need. */
  String label(double value) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
