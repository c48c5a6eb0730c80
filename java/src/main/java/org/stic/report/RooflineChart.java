package org.stic.report;

import static org.stic.report.PlotSpecification.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Work that was done in a second over the work for each byte moved, both logarithmic, below what
 * the machine can do (Williams, Waterman, Patterson, 2009): bandwidth times intensity on the left,
 * the flat roofs of the arithmetic on the right. They meet at the ridge points.
 *
 * @param title what is shown
 * @param bandwidth of copies, GB/s
 * @param roofs the arithmetics' limits
 * @param groups names of the points' groups, in the order of the colours
 * @param points what was measured
 * @param width of the picture in pixels, for which its text is sized
 */
public record RooflineChart(
    String title,
    double bandwidth,
    List<Roof> roofs,
    List<String> groups,
    List<Point> points,
    int width)
    implements Chart {
  private static final double MARGIN = 2.5;
  private static final double AXES_WIDTH = 75;
  private static final double AXES_HEIGHT = 75;
  private static final double TALLEST = 460;
  private static final double NARROWEST_ASPECT = 1.1;
  private static final double TEXT_SIZE = 5;
  private static final double NAME_GAP = 10;
  private static final String ROOF_INK = "#1d2430";

  /** Beyond this a thin line leads from the label to its point. */
  private static final double FAR = 16;

  /**
   * A flat roof.
   *
   * @param name of the arithmetic
   * @param rate GFLOP/s
   */
  public record Roof(String name, double rate) {}

  /**
   * A measured point.
   *
   * @param label beside it, a number that a table explains
   * @param group index of its group
   * @param intensity FLOP for each byte
   * @param rate GFLOP/s
   */
  public record Point(String label, int group, double intensity, double rate) {}

  public RooflineChart {
    roofs = List.copyOf(roofs);
    groups = List.copyOf(groups);
    points = List.copyOf(points);
    if (roofs.isEmpty() || !(bandwidth > 0)) {
      throw new IllegalArgumentException("a roofline needs a bandwidth and at least one roof");
    }
  }

  /** Where a roof begins to be flat: FLOP for each byte. */
  public double ridge(Roof roof) {
    return roof.rate() / bandwidth;
  }

  @Override
  public List<String> names() {
    return groups;
  }

  @Override
  public String description() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT, "%d points below a bandwidth of %.4g GB/s", points.size(), bandwidth));
    for (Roof roof : roofs) {
      text.append(
          String.format(
              Locale.ROOT,
              " and a roof of %.4g GFLOP/s in %s, which begins at %.3g FLOP for each byte",
              roof.rate(),
              roof.name(),
              ridge(roof)));
    }
    return text.toString();
  }

  @Override
  public Map<String, Object> specification() {
    LogarithmicAxis x = intensities();
    LogarithmicAxis y = rates();
    PlotSpecification plot =
        new PlotSpecification(title, width, (int) height())
            .axis("x", "FLOP for each byte", logarithmic(x))
            .axis("y", "GFLOP/s", logarithmic(y));
    addRoofs(plot, x, y);
    addPoints(plot);
    addLabels(plot, x, y);
    return plot.toMap();
  }

  private double height() {
    return Math.min(TALLEST, width * NARROWEST_ASPECT);
  }

  private LogarithmicAxis intensities() {
    DoubleStream ridges = roofs.stream().mapToDouble(this::ridge);
    DoubleStream measured = points.stream().mapToDouble(Point::intensity);
    return LogarithmicAxis.around(DoubleStream.concat(ridges, measured).toArray(), 2 * MARGIN);
  }

  private LogarithmicAxis rates() {
    DoubleStream tops = roofs.stream().mapToDouble(Roof::rate);
    DoubleStream measured = points.stream().mapToDouble(Point::rate);
    return LogarithmicAxis.around(DoubleStream.concat(tops, measured).toArray(), MARGIN);
  }

  private static Object[] logarithmic(LogarithmicAxis axis) {
    return new Object[] {
      "trans", "log10",
      "breaks", axis.ticks(),
      "labels", axis.labels(),
      "limits", List.of(axis.lowest(), axis.highest()),
      "expand", List.of(0, 0)
    };
  }

  private void addRoofs(PlotSpecification plot, LogarithmicAxis x, LogarithmicAxis y) {
    double top = roofs.stream().mapToDouble(Roof::rate).max().orElseThrow();
    double start = Math.max(x.lowest(), y.lowest() / bandwidth);
    segment(plot, start, start * bandwidth, top / bandwidth, top, ROOF_INK, 1);
    for (Roof roof : roofs) {
      segment(plot, ridge(roof), roof.rate(), x.highest(), roof.rate(), ROOF_INK, 1);
      LabelPlaces.Place end = nameEnd(roof, y);
      double middle = end.x() - LabelPlaces.width(name(roof)) / 2;
      text(
          plot,
          List.of(x.value(middle / across())),
          List.of(y.value(end.y() / up())),
          List.of(name(roof)),
          ROOF_INK);
    }
  }

  private String name(Roof roof) {
    return String.format(Locale.ROOT, "%s, from %.3g on", roof.name(), ridge(roof));
  }

  /** Where a roof's name ends: above it, at the right border. */
  private LabelPlaces.Place nameEnd(Roof roof, LogarithmicAxis y) {
    return new LabelPlaces.Place(across() - NAME_GAP, up() * y.place(roof.rate()) + NAME_GAP);
  }

  private double across() {
    return width - AXES_WIDTH;
  }

  private double up() {
    return height() - AXES_HEIGHT;
  }

  private static void segment(
      PlotSpecification plot,
      double x,
      double y,
      double toX,
      double toY,
      String colour,
      double size) {
    plot.layer(
        "segment",
        map("x", List.of(x), "y", List.of(y), "xend", List.of(toX), "yend", List.of(toY)),
        map("x", "x", "y", "y", "xend", "xend", "yend", "yend"),
        map("color", colour, "size", size));
  }

  private static void text(
      PlotSpecification plot, List<Double> x, List<Double> y, List<String> labels, String colour) {
    plot.layer(
        "text",
        map("x", x, "y", y, "label", labels),
        map("x", "x", "y", "y", "label", "label"),
        map("color", colour, "size", TEXT_SIZE));
  }

  private void addPoints(PlotSpecification plot) {
    for (int group = 0; group < groups.size(); group++) {
      int chosen = group;
      List<Point> members = points.stream().filter(point -> point.group() == chosen).toList();
      plot.layer(
          "point",
          map(
              "x", members.stream().map(Point::intensity).toList(),
              "y", members.stream().map(Point::rate).toList()),
          map("x", "x", "y", "y"),
          map("color", PlotSpecification.colour(group), "size", 2.2));
    }
  }

  /** Numbers beside the points, in the colours of their groups. */
  private void addLabels(PlotSpecification plot, LogarithmicAxis x, LogarithmicAxis y) {
    double across = across();
    double up = up();
    List<LabelPlaces.Place> centres =
        points.stream()
            .map(
                point ->
                    new LabelPlaces.Place(
                        across * x.place(point.intensity()), up * y.place(point.rate())))
            .toList();
    LabelPlaces places = new LabelPlaces(across, up, centres);
    roofs.forEach(roof -> places.keepBefore(nameEnd(roof, y), name(roof)));
    List<LabelPlaces.Place> found =
        IntStream.range(0, points.size())
            .mapToObj(index -> places.find(centres.get(index), points.get(index).label()))
            .toList();
    List<List<Integer>> members = new ArrayList<>();
    groups.forEach(_ -> members.add(new ArrayList<>()));
    for (int index = 0; index < points.size(); index++) {
      Point point = points.get(index);
      members.get(point.group()).add(index);
      LabelPlaces.Place place = found.get(index);
      LabelPlaces.Place centre = centres.get(index);
      if (Math.hypot(place.x() - centre.x(), place.y() - centre.y()) > FAR) {
        segment(
            plot,
            point.intensity(),
            point.rate(),
            x.value(place.x() / across),
            y.value(place.y() / up),
            PlotSpecification.colour(point.group()),
            0.25);
      }
    }
    for (int group = 0; group < groups.size(); group++) {
      text(
          plot,
          members.get(group).stream().map(index -> x.value(found.get(index).x() / across)).toList(),
          members.get(group).stream().map(index -> y.value(found.get(index).y() / up)).toList(),
          members.get(group).stream().map(index -> points.get(index).label()).toList(),
          PlotSpecification.colour(group));
    }
  }
}
