package org.stic.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Curves.
 *
 * @param title what is shown, with its unit
 * @param horizontal what the curves run over, in whole numbers
 * @param series the curves; the page names them where there are several
 */
public record LineChart(String title, String horizontal, List<Series> series) implements Chart {
  private static final int MOST_DOTS = 30;
  private static final int MOST_TICKS = 7;
  private static final int HEIGHT = 205;

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

    private String describe() {
      DoubleSummaryStatistics values = points.stream().mapToDouble(Point::y).summaryStatistics();
      String text =
          points.size() == 1
              ? figure(values.getMin())
              : "from %s to %s, between %s and %s"
                  .formatted(
                      figure(points.getFirst().y()),
                      figure(points.getLast().y()),
                      figure(values.getMin()),
                      figure(values.getMax()));
      return name.isEmpty() ? text : name + " " + text;
    }

    private static String figure(double value) {
      return String.format(Locale.ROOT, "%.4g", value);
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

  @Override
  public List<String> names() {
    return series.stream().map(Series::name).toList();
  }

  @Override
  public String description() {
    return "over the %s, ".formatted(horizontal)
        + series.stream()
            .filter(curve -> !curve.points().isEmpty())
            .map(Series::describe)
            .collect(Collectors.joining("; "));
  }

  @Override
  public Map<String, Object> specification() {
    PlotSpecification plot =
        new PlotSpecification(title, HEIGHT)
            .axis("x", horizontal, "breaks", ticks(), "format", "d")
            .axis("y", "");
    for (int index = 0; index < series.size(); index++) {
      addCurve(plot, series.get(index).points(), index);
    }
    return plot.toMap();
  }

  private static void addCurve(PlotSpecification plot, List<Point> points, int index) {
    if (points.isEmpty()) {
      return;
    }
    Map<String, Object> data =
        PlotSpecification.map(
            "x", points.stream().map(Point::x).toList(),
            "y", points.stream().map(Point::y).toList());
    Map<String, Object> mapping = PlotSpecification.map("x", "x", "y", "y");
    String colour = PlotSpecification.colour(index);
    String stroke = PlotSpecification.stroke(index);
    plot.layer(
        "line",
        data,
        mapping,
        PlotSpecification.map("color", colour, "linetype", stroke, "size", 0.9));
    if (points.size() <= MOST_DOTS) {
      plot.layer("point", data, mapping, PlotSpecification.map("color", colour, "size", 2.2));
    }
  }

  /** Whole numbers 1, 2 or 5 times a power of ten apart. */
  private List<Double> ticks() {
    DoubleSummaryStatistics range =
        series.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Point::x)
            .summaryStatistics();
    long first = Math.round(Math.ceil(range.getMin()));
    long last = Math.round(Math.floor(range.getMax()));
    long step =
        Stream.iterate(1L, power -> power * 10)
            .flatMap(power -> Stream.of(power, 2 * power, 5 * power))
            .filter(candidate -> (last - first) / candidate < MOST_TICKS)
            .findFirst()
            .orElseThrow();
    long lowest = Math.ceilDiv(first, step) * step;
    return LongStream.iterate(lowest, tick -> tick <= last, tick -> tick + step)
        .mapToObj(tick -> (double) tick)
        .toList();
  }
}
