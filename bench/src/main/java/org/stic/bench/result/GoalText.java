package org.stic.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of goals as Markdown: a table for each measured device, and one with empty cells for
 * each kind of device that nothing was measured on.
 */
final class GoalText {
  private static final String NOT_MEASURED = "not measured yet";
  private static final double GIGA = 1e9;

  private final List<TableEntry> entries;
  private final List<ResultFile> files;

  /** A row and the file that it is in. */
  private record Found(ResultFile file, Row row) {}

  /**
   * A text of these lines.
   *
   * @param files the newest first; of several with the same row the newest counts
   */
  GoalText(List<TableEntry> entries, List<ResultFile> files) {
    this.entries = entries;
    this.files = files;
  }

  /** Everything, without a newline at the end. */
  String markdown() {
    List<String> tables = new ArrayList<>();
    for (DeviceIdentity.Kind kind : DeviceIdentity.Kind.values()) {
      List<TableEntry> wanted = entries.stream().filter(entry -> entry.device() == kind).toList();
      if (!wanted.isEmpty()) {
        tables.addAll(tables(kind, wanted));
      }
    }
    return String.join("\n\n", tables);
  }

  private List<String> tables(DeviceIdentity.Kind kind, List<TableEntry> wanted) {
    Map<String, List<ResultFile>> devices =
        files.stream()
            .filter(file -> file.device().kind() == kind && hasAny(file, wanted))
            .collect(
                Collectors.groupingBy(
                    file -> file.device().folder(), LinkedHashMap::new, Collectors.toList()));
    if (devices.isEmpty()) {
      String place = kind == DeviceIdentity.Kind.GPU ? "a GPU" : "a CPU";
      return List.of(
          table(
              "What is wanted of %s; nothing was measured on one.".formatted(place),
              wanted,
              List.of()));
    }
    return devices.values().stream().map(own -> table(title(own), wanted, own)).toList();
  }

  private static boolean hasAny(ResultFile file, List<TableEntry> wanted) {
    return file.rows().stream().anyMatch(row -> wanted.stream().anyMatch(line -> line.takes(row)));
  }

  private static String title(List<ResultFile> own) {
    String runs =
        own.stream()
            .map(file -> "%s (%s)".formatted(file.date().substring(0, 10), file.commit()))
            .distinct()
            .collect(Collectors.joining(", "));
    return "On %s; measured %s.".formatted(own.getFirst().device(), runs);
  }

  private static String table(String title, List<TableEntry> wanted, List<ResultFile> own) {
    StringBuilder text = new StringBuilder(title);
    text.append("\n\n| what | measured | goal | command |\n|---|---|---|---|");
    for (TableEntry entry : wanted) {
      text.append(
          "\n| %s | %s | %s | `%s` |"
              .formatted(entry.what(), cell(entry, own), entry.goal(), entry.command()));
    }
    return text.toString();
  }

  private static String cell(TableEntry entry, List<ResultFile> own) {
    Map<RowKey, Found> newest = new LinkedHashMap<>();
    for (ResultFile file : own) {
      file.rows().stream()
          .filter(entry::takes)
          .forEach(row -> newest.putIfAbsent(row.key(), new Found(file, row)));
    }
    List<Found> measured =
        newest.values().stream().filter(found -> found.row().isMeasured()).toList();
    if (measured.isEmpty()) {
      return newest.values().stream()
          .flatMap(found -> found.row().otherProgram().flatMap(Peer::reasonOfAbsence).stream())
          .findFirst()
          .map("absent: "::concat)
          .orElse(NOT_MEASURED);
    }
    String flags =
        measured.stream()
            .flatMap(found -> found.row().flags().stream())
            .map(Flag::label)
            .distinct()
            .collect(Collectors.joining(", "));
    return text(entry, measured) + (flags.isEmpty() ? "" : " (" + flags + ")");
  }

  private static String text(TableEntry entry, List<Found> measured) {
    Row first = measured.getFirst().row();
    return switch (entry.show()) {
      case VALUE -> value(first);
      case RATIO -> measured.size() == 1 ? ratio(first.ratios()) : ratios(measured);
      case BANDWIDTH -> rate(first.bytes(), first) + " GB/s";
      case ARITHMETIC -> rate(first.flops(), first) + " GFLOP/s";
      case SHARE -> share(measured.getFirst());
    };
  }

  private static String value(Row row) {
    Distribution values = row.distribution();
    String median = Figures.withUnit(values.median(), row.unit());
    return values.interquartileRange() == 0
        ? median
        : "%s (%s–%s)"
            .formatted(
                median,
                Figures.withUnit(values.lowerQuartile(), row.unit()),
                Figures.withUnit(values.upperQuartile(), row.unit()));
  }

  private static String ratio(Distribution ratios) {
    return "%.2fx (%.2f–%.2f)"
        .formatted(ratios.median(), ratios.lowerQuartile(), ratios.upperQuartile());
  }

  private static String ratios(List<Found> measured) {
    double[] medians =
        measured.stream().mapToDouble(found -> found.row().ratios().median()).toArray();
    return "%.2fx in the geometric mean of %d, least %.2fx"
        .formatted(
            Distribution.of(medians).geometricMean(),
            medians.length,
            Distribution.of(medians).minimum());
  }

  private static String rate(long amount, Row row) {
    return Figures.of(amount / row.distribution().median() / GIGA);
  }

  private static String share(Found found) {
    Optional<Double> share = Roofline.share(found.file(), found.row());
    return share
        .map(part -> "%.0f %% of the ceiling of the same run".formatted(100 * part))
        .orElse("no ceiling in the same run");
  }
}
