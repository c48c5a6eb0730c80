package org.stic.bench.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.stic.report.ChartFile;
import org.stic.report.HtmlReport;
import org.stic.report.RooflineChart;

/** The roofline of one device as a page without scripts, and its chart as a picture of its own. */
final class RooflinePage {
  private static final int WIDE = 900;
  private static final int NARROW = 360;

  private final Roofline roofline;
  private final List<ResultFile> files;

  RooflinePage(Roofline roofline, List<ResultFile> files) {
    this.roofline = roofline;
    this.files = files;
  }

  /** Writes {@code roofline-<device>.html} and {@code .svg}; returns both. */
  List<Path> write(Path folder) throws IOException {
    String name = "roofline-" + roofline.device().folder();
    Path page = folder.resolve(name + ".html");
    Path picture = folder.resolve(name + ".svg");
    page().write(page);
    ChartFile.write(chart(WIDE), picture);
    return List.of(page, picture);
  }

  private HtmlReport page() {
    return new HtmlReport("Roofline of " + roofline.device())
        .paragraph(conditions())
        .chart("What is done of what can be done", chart(WIDE), chart(NARROW))
        .table("Ceilings of the same runs", ceilingHeader(), ceilingRows())
        .table("Points", header(), rows());
  }

  private String conditions() {
    String runs =
        files.stream()
            .map(file -> "%s of %s, commit %s".formatted(file.name(), file.date(), file.commit()))
            .collect(Collectors.joining("; "));
    return ("Measured: %s. Bytes and operations are those that the definition of the work needs, so"
            + " that work which stays in a cache may lie above the slanted roof, and work that"
            + " a kernel does with fewer operations (tiles of 3x3 convolutions, half of a"
            + " symmetric matrix) above the level one. Times are medians. Numbers are those of"
            + " the table below.")
        .formatted(runs);
  }

  private RooflineChart chart(int width) {
    List<RowKind> kinds = kinds();
    List<RooflineChart.Point> points = new ArrayList<>();
    for (Roofline.Point point : roofline.points()) {
      points.add(
          new RooflineChart.Point(
              Integer.toString(points.size() + 1),
              kinds.indexOf(point.row().kind()),
              point.intensity(),
              point.rate()));
    }
    return new RooflineChart(
        "GFLOP/s over FLOP for each byte",
        roofline.bandwidth(),
        roofline.roofs().entrySet().stream()
            .map(roof -> new RooflineChart.Roof(roof.getKey(), roof.getValue()))
            .toList(),
        kinds.stream().map(RowKind::label).toList(),
        points,
        width);
  }

  private List<RowKind> kinds() {
    return roofline.points().stream().map(point -> point.row().kind()).distinct().sorted().toList();
  }

  private static List<String> ceilingHeader() {
    return List.of("ceiling", "by", "rate", "unit", "ridge, FLOP/byte");
  }

  private List<List<String>> ceilingRows() {
    return files.stream()
        .flatMap(file -> file.ceilings().stream())
        .distinct()
        .map(this::ceilingRow)
        .toList();
  }

  private List<String> ceilingRow(Ceiling ceiling) {
    boolean isRoof = ceiling.kind() == Ceiling.Kind.MATRIX;
    return List.of(
        isRoof ? "product, " + ceiling.arithmetic() : "copy",
        ceiling.by(),
        Figures.of(ceiling.rate()),
        ceiling.kind().unit(),
        isRoof ? Figures.of(ceiling.rate() / roofline.bandwidth()) : "");
  }

  private static List<String> header() {
    return List.of(
        "row", "number", "FLOP/byte", "GFLOP/s", "GB/s", "bound by", "of its roof", "time");
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Roofline.Point point : roofline.points()) {
      rows.add(
          List.of(
              point.row().key().toString(),
              Integer.toString(rows.size() + 1),
              Figures.of(point.intensity()),
              Figures.of(point.rate()),
              Figures.of(point.rate() / point.intensity()),
              roofline.isBoundByMemory(point.intensity()) ? "memory" : "arithmetic",
              "%.0f%%".formatted(100 * roofline.reached(point)),
              Figures.withUnit(point.row().distribution().median(), "s")));
    }
    return rows;
  }
}
