package org.stic.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An axis whose equal lengths are equal factors.
 *
 * @param lowest value shown, above 0
 * @param highest value shown
 */
record LogarithmicAxis(double lowest, double highest) {
  private static final int MOST_TICKS = 8;
  private static final double DECADE = 10;

  /** An axis with room for the values, all above 0, and a factor of {@code margin} around them. */
  static LogarithmicAxis around(double[] values, double margin) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (double value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    return new LogarithmicAxis(lowest / margin, highest * margin);
  }

  /** Where a value is, from 0 at the lowest to 1 at the highest. */
  double place(double value) {
    return Math.log(value / lowest) / Math.log(highest / lowest);
  }

  /** The value at a place. */
  double value(double place) {
    return lowest * Math.pow(highest / lowest, place);
  }

  /** Powers of ten, all or every second or third. */
  List<Double> ticks() {
    int first = (int) Math.ceil(Math.log10(lowest));
    int last = (int) Math.floor(Math.log10(highest));
    int step = 1 + (last - first) / MOST_TICKS;
    return IntStream.rangeClosed(first, last)
        .filter(exponent -> (exponent - first) % step == 0)
        .mapToObj(exponent -> Math.pow(DECADE, exponent))
        .toList();
  }

  /** The ticks as they are written: 0.01, 1, 1000. */
  List<String> labels() {
    return ticks().stream().map(LogarithmicAxis::label).toList();
  }

  private static String label(double tick) {
    int decimals = (int) Math.max(0, -Math.round(Math.log10(tick)));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }
}
