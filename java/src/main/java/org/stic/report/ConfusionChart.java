package org.stic.report;

import static org.stic.report.PlotSpecification.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often images of one class were taken for another: a row for each true class, a column for
 * each answer, darker for larger shares of the row.
 *
 * @param title what is shown
 * @param classes names of the classes
 * @param counts {@code counts.get(t).get(a)} images of class t were taken for class a
 */
public record ConfusionChart(String title, List<String> classes, List<List<Integer>> counts)
    implements Chart {
  /** Classes that a chart has room for. */
  public static final int MOST_CLASSES = 20;

  private static final int HEIGHT = 320;
  private static final int LONGEST_NAME = 10;

  public ConfusionChart {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int size = classes.size();
    if (size < 1 || size > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "a chart of confusion shows 1 to %d classes, not %d".formatted(MOST_CLASSES, size));
    }
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("confusion counts have a row and a column for each class");
    }
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public String description() {
    long right = IntStream.range(0, classes.size()).map(i -> counts.get(i).get(i)).sum();
    long all = counts.stream().flatMap(List::stream).mapToInt(count -> count).sum();
    return "a row for each true class, a column for each answer; %d of %d right"
        .formatted(right, all);
  }

  @Override
  public Map<String, Object> specification() {
    List<Object> answers = new ArrayList<>();
    List<Object> truths = new ArrayList<>();
    List<Object> shares = new ArrayList<>();
    List<Object> light = new ArrayList<>();
    List<Object> dark = new ArrayList<>();
    for (int truth = 0; truth < classes.size(); truth++) {
      double images = Math.max(1, counts.get(truth).stream().mapToInt(count -> count).sum());
      for (int answer = 0; answer < classes.size(); answer++) {
        int count = counts.get(truth).get(answer);
        double shade = Math.sqrt(count / images);
        answers.add(shortName(answer));
        truths.add(shortName(truth));
        shares.add(shade);
        light.add(count > 0 && shade > 0.6 ? Integer.toString(count) : "");
        dark.add(count > 0 && shade <= 0.6 ? Integer.toString(count) : "");
      }
    }
    Map<String, Object> data =
        map("answer", answers, "truth", truths, "share", shares, "light", light, "dark", dark);
    return new PlotSpecification(title, HEIGHT)
        .theme("panel_grid", map("blank", true))
        .axis("x", "answer", "discrete", true, "limits", names(false))
        .axis("y", "true class", "discrete", true, "limits", names(true))
        .scale(
            "aesthetic",
            "fill",
            "scale_mapper_kind",
            "color_gradient",
            "low",
            "#ffffff",
            "high",
            "#1f5fbf",
            "limits",
            List.of(0.0, 1.0))
        .layer(
            "tile",
            data,
            map("x", "answer", "y", "truth", "fill", "share"),
            map("color", "#e2e6ec", "size", 0.3))
        .layer("text", data, map("x", "answer", "y", "truth", "label", "light"), label("#ffffff"))
        .layer("text", data, map("x", "answer", "y", "truth", "label", "dark"), label("#1d2430"))
        .toMap();
  }

  private Map<String, Object> label(String colour) {
    return map("color", colour, "size", classes.size() > 10 ? 3 : 4);
  }

  private List<Object> names(boolean reversed) {
    List<Object> names = new ArrayList<>();
    IntStream.range(0, classes.size())
        .map(index -> reversed ? classes.size() - 1 - index : index)
        .forEach(index -> names.add(shortName(index)));
    return names;
  }

  /** A name with its number where it would not be told from another. */
  private String shortName(int index) {
    String name = classes.get(index);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
