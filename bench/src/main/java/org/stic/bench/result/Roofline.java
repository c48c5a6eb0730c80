package org.stic.bench.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rows reach of what their device can do (Williams, Waterman, Patterson: Roofline, 2009). A
 * row with W operations over Q bytes that takes t seconds does W / t operations a second at an
 * intensity of W / Q, and could do at most min(highest matrix rate, W / Q · copy bandwidth).
 *
 * <p>Bytes and operations are those that the work's definition needs, so that caches can carry a
 * point above the roof of the memory.
 *
 * @param device of all rows
 * @param bandwidth the highest copy rate, GB/s
 * @param roofs highest matrix rate of each arithmetic, GFLOP/s, by name
 * @param points rows with bytes and operations, by benchmark
 */
record Roofline(
    DeviceIdentity device, double bandwidth, Map<String, Double> roofs, List<Point> points) {
  private static final double GIGA = 1e9;

  /**
   * A row's place.
   *
   * @param row it stands for
   * @param intensity operations for each byte
   * @param rate 10^9 operations a second, by the median time
   */
  record Point(Row row, double intensity, double rate) {

    static Point of(Row row) {
      double work = row.flops();
      return new Point(row, work / row.bytes(), work / row.distribution().median() / GIGA);
    }
  }

  /**
   * The roofline of files of one device.
   *
   * @throws ResultException if there are no ceilings, or no row has both bytes and operations
   */
  static Roofline of(List<ResultFile> files) {
    DeviceIdentity device = files.getFirst().device();
    Map<String, Double> roofs = new TreeMap<>();
    ceilings(files, Ceiling.Kind.MATRIX)
        .forEach(roof -> roofs.merge(roof.arithmetic(), roof.rate(), Math::max));
    double bandwidth =
        ceilings(files, Ceiling.Kind.COPY).mapToDouble(Ceiling::rate).max().orElse(0);
    if (bandwidth == 0 || roofs.isEmpty()) {
      throw new ResultException(
          "the results of %s have no ceilings for copies and products, so there is no roof"
              .formatted(device));
    }
    List<Point> points =
        files.stream()
            .flatMap(file -> file.rows().stream())
            .filter(Roofline::hasPlace)
            .map(Point::of)
            .sorted(Comparator.comparing(point -> point.row().key()))
            .toList();
    if (points.isEmpty()) {
      throw new ResultException(
          "no row of %s has times, bytes and operations, so there is nothing to place under the roof"
              .formatted(device));
    }
    return new Roofline(device, bandwidth, roofs, points);
  }

  /** Files by their devices' folders, each group ready for a roofline. */
  static Map<String, List<ResultFile>> byDevice(List<ResultFile> files) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> file.device().folder(), TreeMap::new, Collectors.toList()));
  }

  private static Stream<Ceiling> ceilings(List<ResultFile> files, Ceiling.Kind kind) {
    return files.stream()
        .flatMap(file -> file.ceilings().stream())
        .filter(ceiling -> ceiling.kind() == kind);
  }

  private static boolean hasPlace(Row row) {
    return row.isTime() && !row.samples().isEmpty() && row.bytes() > 0 && row.flops() > 0;
  }

  /** The most a work of an intensity can do, GFLOP/s. */
  double attainable(double intensity) {
    return Math.min(highestRoof(), intensity * bandwidth);
  }

  /** The share of that which a point reaches. */
  double reached(Point point) {
    return point.rate() / attainable(point.intensity());
  }

  /** Whether the memory limits a work of an intensity, else the arithmetic. */
  boolean isBoundByMemory(double intensity) {
    return intensity * bandwidth < highestRoof();
  }

  private double highestRoof() {
    return roofs.values().stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * The share of its ceiling that a row reaches: of the copy bandwidth for work without operations,
   * else of the roof above it. Empty without ceilings, bytes or times.
   */
  static Optional<Double> share(ResultFile file, Row row) {
    Optional<Double> bandwidth = file.highest(Ceiling.Kind.COPY).map(Ceiling::rate);
    if (!row.isTime() || row.samples().isEmpty() || row.bytes() == 0 || bandwidth.isEmpty()) {
      return Optional.empty();
    }
    double seconds = row.distribution().median();
    double least = row.bytes() / bandwidth.get() / GIGA;
    double product =
        file.highest(Ceiling.Kind.MATRIX).map(roof -> row.flops() / roof.rate() / GIGA).orElse(0.0);
    return Optional.of(Math.max(least, product) / seconds);
  }
}
