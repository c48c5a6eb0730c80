package org.stic.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One curve over the passes as an SVG picture. Its text is set by the reader's browser, so that
 * drawing it needs no fonts on the machine that trains.
 *
 * @param title what is shown, with its unit
 * @param points finite values, ascending in x
 */
public record LineChart(String title, List<Point> points) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;
  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 30;
  private static final int BOTTOM = 30;

  /** A measured value. */
  public record Point(double x, double y) {}

  public LineChart {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("the chart '" + title + "' has no points");
    }
  }

  /** The picture, as large as the page allows. */
  String svg() {
    Axis horizontal = Axis.ofWholeNumbers(points.getFirst().x(), points.getLast().x());
    Axis vertical =
        Axis.covering(
            points.stream().mapToDouble(Point::y).min().orElseThrow(),
            points.stream().mapToDouble(Point::y).max().orElseThrow());
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.escape(title))
        + "<text class=\"title\" x=\"%d\" y=\"16\">%s</text>\n".formatted(LEFT, Html.escape(title))
        + ticks(horizontal, vertical)
        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">pass</text>\n"
            .formatted(WIDTH - RIGHT, HEIGHT - 4)
        + curve(horizontal, vertical)
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

  private String curve(Axis horizontal, Axis vertical) {
    String corners =
        points.stream()
            .map(point -> number(x(horizontal, point.x())) + "," + number(y(vertical, point.y())))
            .collect(Collectors.joining(" "));
    String dots =
        points.stream()
            .map(
                point ->
                    "<circle cx=\"%s\" cy=\"%s\" r=\"3\"><title>pass %s: %s</title></circle>\n"
                        .formatted(
                            number(x(horizontal, point.x())),
                            number(y(vertical, point.y())),
                            horizontal.label(point.x()),
                            String.format(Locale.ROOT, "%.4g", point.y())))
            .collect(Collectors.joining());
    return "<polyline points=\"%s\"/>\n".formatted(corners) + dots;
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
