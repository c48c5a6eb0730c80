package org.stic.report;

import static org.stic.report.PlotSpecification.map;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often a classifier is right when it is so and so sure (Guo et al., 2017): bars that reach the
 * diagonal belong to one that can be believed.
 *
 * @param title what is shown
 * @param bins of confidence, ascending and of equal width; empty ones may be left out
 * @param width of a bin
 */
public record ReliabilityDiagram(String title, List<Bin> bins, double width) implements Chart {
  private static final int HEIGHT = 320;

  /**
   * The images of a bin.
   *
   * @param centre of the bin
   * @param confidence mean confidence of its images
   * @param accuracy fraction of them that is right
   * @param count how many there are, at least one
   */
  public record Bin(double centre, double confidence, double accuracy, long count) {}

  public ReliabilityDiagram {
    bins = List.copyOf(bins);
    if (bins.isEmpty()) {
      throw new IllegalArgumentException("a reliability diagram has at least one bin");
    }
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public String description() {
    Bin last = bins.getLast();
    return String.format(
        Locale.ROOT,
        "accuracy by confidence in %d bins; in the surest bin %d images are right in %.1f %% of all"
            + " cases at a mean confidence of %.1f %%",
        bins.size(),
        last.count(),
        100 * last.accuracy(),
        100 * last.confidence());
  }

  @Override
  public Map<String, Object> specification() {
    Map<String, Object> data =
        map(
            "from", bins.stream().map(bin -> bin.centre() - width / 2).toList(),
            "to", bins.stream().map(bin -> bin.centre() + width / 2).toList(),
            "zero", Collections.nCopies(bins.size(), 0.0),
            "confidence", bins.stream().map(Bin::confidence).toList(),
            "accuracy", bins.stream().map(Bin::accuracy).toList());
    String colour = PlotSpecification.colour(0);
    return new PlotSpecification(title, HEIGHT)
        .axis("x", "confidence", "limits", List.of(0.0, 1.0))
        .axis("y", "accuracy", "limits", List.of(0.0, 1.0))
        .layer(
            "rect",
            data,
            map("xmin", "from", "xmax", "to", "ymin", "zero", "ymax", "accuracy"),
            map("fill", colour, "alpha", 0.35, "color", colour, "size", 0.4))
        .layer(
            "segment",
            map("x", List.of(0.0), "y", List.of(0.0), "xend", List.of(1.0), "yend", List.of(1.0)),
            map("x", "x", "y", "y", "xend", "xend", "yend", "yend"),
            map("linetype", "dashed", "color", "#57534e", "size", 0.6))
        .layer(
            "point",
            data,
            map("x", "confidence", "y", "accuracy"),
            map("color", PlotSpecification.colour(1), "size", 2.2))
        .toMap();
  }
}
