package org.stic.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plot in the grammar of graphics, as Lets-Plot reads it: data in columns, layers of geometries
 * whose looks are mapped to columns, and scales.
 */
final class PlotSpecification {
  private static final List<String> COLOURS =
      List.of(
          "#1f5fbf", "#c2410c", "#15803d", "#9333a8", "#b08900", "#0e8a9c", "#be185d", "#57534e");

  private static final List<String> STROKES = List.of("solid", "dashed", "dotted");

  private static final int WIDTH = 340;
  private static final String INK = "#4a5565";
  private static final String GRID = "#e2e6ec";

  private final Map<String, Object> theme = new LinkedHashMap<>();
  private final Map<String, Object> plot = new LinkedHashMap<>();
  private final List<Object> layers = new ArrayList<>();
  private final List<Object> scales = new ArrayList<>();

  PlotSpecification(String title, int height) {
    this(title, WIDTH, height);
  }

  PlotSpecification(String title, int width, int height) {
    plot.put("kind", "plot");
    plot.put("ggtitle", map("text", title));
    plot.put("ggsize", map("width", width, "height", height));
    plot.put("layers", layers);
    plot.put("scales", scales);
    plot.put("theme", theme);
    theme.put("name", "minimal");
    theme.put("legend_position", "none");
    theme.put("plot_title", map("size", 13, "face", "bold", "blank", false));
    theme.put("axis_text", map("size", 11, "color", INK, "blank", false));
    theme.put("axis_title", map("size", 11, "color", INK, "blank", false));
    theme.put("panel_grid", map("color", GRID, "blank", false));
    theme.put("panel_grid_minor", map("blank", true));
  }

  /** A mutable map of alternating keys and values. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int place = 0; place < pairs.length; place += 2) {
      map.put((String) pairs[place], pairs[place + 1]);
    }
    return map;
  }

  /**
   * Describes an axis.
   *
   * @param aesthetic x or y
   * @param name what is read off; if empty, its place is left to the plot
   * @param options of its scale, keys and values
   */
  PlotSpecification axis(String aesthetic, String name, Object... options) {
    Map<String, Object> scale = map("aesthetic", aesthetic, "name", name);
    scale.putAll(map(options));
    scales.add(scale);
    if (name.isEmpty()) {
      theme.put("axis_title_" + aesthetic, map("blank", true));
    }
    return this;
  }

  /** A colour that stays apart from its neighbours for the colour-blind and in print. */
  static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  /**
   * A stroke that tells a curve from its neighbours without colour, by the name that CSS has for it
   * too.
   */
  static String stroke(int index) {
    return STROKES.get(index % STROKES.size());
  }

  /** Changes the looks of what is neither data nor geometry. */
  PlotSpecification theme(String element, Object looks) {
    theme.put(element, looks);
    return this;
  }

  /**
   * Adds a layer.
   *
   * @param data columns of equal length by name
   * @param mapping which look follows which column
   * @param looks the layer's fixed looks and options
   */
  PlotSpecification layer(
      String geometry,
      Map<String, Object> data,
      Map<String, Object> mapping,
      Map<String, Object> looks) {
    Map<String, Object> layer = map("geom", geometry, "data", data, "mapping", mapping);
    layer.put("tooltips", "none");
    layer.putAll(looks);
    layers.add(layer);
    return this;
  }

  /** Adds a scale, which says how a look follows its column. */
  PlotSpecification scale(Object... pairs) {
    scales.add(map(pairs));
    return this;
  }

  Map<String, Object> toMap() {
    return plot;
  }
}
