package org.stic.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Curves as an SVG picture. Its text is set by the reader's browser, so that drawing it needs no
 * fonts on the machine that trains.
 *
 * @param title what is shown, with its unit
 * @param horizontal what the curves run over, in whole numbers
 * @param series the curves; the page names them where there are several
 */
public record LineChart(String title, String horizontal, List<Series> series) {
  private static final int MOST_DOTS = 30;
  private static final int STYLES = 8;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;
  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 30;
  private static final int BOTTOM = 30;

  /** A measured value. */
  public record Point(double x, double y) {}

  /**
   * A curve.
   *
   * @param name of the curve; empty where it is the only one
   * @param points finite values, ascending in x
   */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /** Curves without points are left out, but keep their place among the styles. */
  public LineChart {
    series = List.copyOf(series);
    if (series.stream().allMatch(curve -> curve.points().isEmpty())) {
      throw new IllegalArgumentException("the chart '" + title + "' has no points");
    }
  }

  /** One curve over the passes. */
  public LineChart(String title, List<Point> points) {
    this(title, "pass", List.of(new Series("", points)));
  }

  /** The style of a curve, which the page's legend uses too. */
  static String style(int index) {
    return "s" + index % STYLES;
  }

  private DoubleStream all(ToDoubleFunction<Point> coordinate) {
    return series.stream().flatMap(curve -> curve.points().stream()).mapToDouble(coordinate);
  }

  /** The picture, as large as the page allows. */
  String svg() {
    Axis across =
        Axis.ofWholeNumbers(all(Point::x).min().orElseThrow(), all(Point::x).max().orElseThrow());
    Axis vertical =
        Axis.covering(all(Point::y).min().orElseThrow(), all(Point::y).max().orElseThrow());
    String curves =
        IntStream.range(0, series.size())
            .mapToObj(index -> curve(series.get(index), style(index), across, vertical))
            .collect(Collectors.joining());
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.escape(title))
        + "<text class=\"title\" x=\"%d\" y=\"16\">%s</text>\n".formatted(LEFT, Html.escape(title))
        + ticks(across, vertical)
        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
            .formatted(WIDTH - RIGHT, HEIGHT - 4, Html.escape(horizontal))
        + curves
        + "</svg>\n";
  }

  private static String ticks(Axis horizontal, Axis vertical) {
    StringBuilder svg = new StringBuilder();
    for (double tick : vertical.ticks()) {
      String y = number(y(vertical, tick));
      svg.append(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
              .formatted(LEFT, WIDTH - RIGHT, y, y));
      svg.append(
          "<text x=\"%d\" y=\"%s\" dy=\".35em\" text-anchor=\"end\">%s</text>\n"
              .formatted(LEFT - 6, y, vertical.label(tick)));
    }
    for (double tick : horizontal.ticks()) {
      svg.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(
                  number(x(horizontal, tick)), HEIGHT - BOTTOM + 14, horizontal.label(tick)));
    }
    return svg.toString();
  }

  private String curve(Series curve, String style, Axis across, Axis vertical) {
    if (curve.points().isEmpty()) {
      return "";
    }
    String corners =
        curve.points().stream()
            .map(point -> number(x(across, point.x())) + "," + number(y(vertical, point.y())))
            .collect(Collectors.joining(" "));
    boolean hasDots = curve.points().size() <= MOST_DOTS;
    String dots =
        curve.points().stream()
            .limit(hasDots ? MOST_DOTS : 0)
            .map(point -> dot(curve.name(), point, style, across, vertical))
            .collect(Collectors.joining());
    return "<polyline class=\"%s\" points=\"%s\"/>\n".formatted(style, corners) + dots;
  }

  private String dot(String name, Point point, String style, Axis across, Axis vertical) {
    return "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"><title>%s%s %s: %s</title></circle>\n"
        .formatted(
            style,
            number(x(across, point.x())),
            number(y(vertical, point.y())),
            name.isEmpty() ? "" : Html.escape(name) + ", ",
            Html.escape(horizontal),
            across.label(point.x()),
            String.format(Locale.ROOT, "%.4g", point.y()));
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.position(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.position(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
