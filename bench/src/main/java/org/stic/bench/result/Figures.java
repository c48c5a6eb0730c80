package org.stic.bench.result;

import java.util.List;
import java.util.Locale;

/** Numbers in words of three digits. */
final class Figures {
  private static final int DIGITS = 3;

  /** Units of time and the seconds in one, the largest first. */
  private static final List<TimeUnit> TIMES =
      List.of(
          new TimeUnit("s", 1),
          new TimeUnit("ms", 1e-3),
          new TimeUnit("µs", 1e-6),
          new TimeUnit("ns", 1e-9));

  private record TimeUnit(String name, double seconds) {}

  private Figures() {}

  /** The number with three digits that count, such as 0.0123, 1.23 or 12,300. */
  static String of(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : "-";
    }
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
    int decimals = Math.max(0, DIGITS - 1 - exponent);
    double step = Math.pow(10, exponent - DIGITS + 1);
    double rounded = exponent < DIGITS ? value : step * Math.rint(value / step);
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** The number in the unit; seconds in the part of one that suits it. */
  static String withUnit(double value, String unit) {
    if (!unit.equals("s")) {
      return of(value) + " " + unit;
    }
    TimeUnit chosen =
        TIMES.stream().filter(time -> value >= time.seconds()).findFirst().orElse(TIMES.getLast());
    return of(value / chosen.seconds()) + " " + chosen.name();
  }
}
