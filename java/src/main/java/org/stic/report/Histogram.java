package org.stic.report;

import static org.stic.report.PlotSpecification.map;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How values of several groups are spread, one histogram over the other; every group has the same
 * area.
 *
 * @param title what is counted, with its unit
 * @param horizontal the values' name
 * @param groups the groups
 */
public record Histogram(String title, String horizontal, List<Group> groups) implements Chart {
  private static final int BINS = 24;
  private static final int HEIGHT = 205;

  /** A group's name and its values, at least one and all finite. */
  public record Group(String name, List<Double> values) {
    public Group {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("the group '" + name + "' has no values");
      }
    }

    private String describe() {
      double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
      double middle = sorted[sorted.length / 2];
      return String.format(
          Locale.ROOT,
          "%s: %d values from %.4g to %.4g, median %.4g",
          name,
          sorted.length,
          sorted[0],
          sorted[sorted.length - 1],
          middle);
    }
  }

  public Histogram {
    groups = List.copyOf(groups);
  }

  @Override
  public List<String> names() {
    return groups.stream().map(Group::name).toList();
  }

  @Override
  public String description() {
    return groups.stream().map(Group::describe).collect(Collectors.joining("; "));
  }

  @Override
  public Map<String, Object> specification() {
    PlotSpecification plot =
        new PlotSpecification(title, HEIGHT)
            .axis("x", horizontal)
            .axis("y", "")
            .theme("axis_text_y", map("blank", true));
    double width = range() / BINS;
    for (int index = 0; index < groups.size(); index++) {
      String colour = PlotSpecification.colour(index);
      plot.layer(
          "histogram",
          map("value", groups.get(index).values()),
          map("x", "value", "y", "..density.."),
          map(
              "fill",
              colour,
              "color",
              colour,
              "alpha",
              0.4,
              "size",
              0.4,
              "binwidth",
              width,
              "linetype",
              PlotSpecification.stroke(index)));
    }
    return plot.toMap();
  }

  private double range() {
    double[] all =
        groups.stream()
            .flatMapToDouble(group -> group.values().stream().mapToDouble(value -> value))
            .toArray();
    double range =
        DoubleStream.of(all).max().orElseThrow() - DoubleStream.of(all).min().orElseThrow();
    return range > 0
        ? range
        : Math.max(1e-6, Math.abs(Arrays.stream(all).findFirst().orElseThrow()));
  }
}
