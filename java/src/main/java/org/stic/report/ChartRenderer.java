package org.stic.report;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * Draws charts as SVG for the inside of a page, with Lets-Plot. The text is set by the reader's
 * browser, so that drawing needs no fonts on the machine that trains; the same charts give the same
 * page.
 *
 * <p>Not safe for use by several threads.
 */
final class ChartRenderer {
  private static final Pattern ROOT =
      Pattern.compile("<svg [^>]*width=\"([0-9.]+)\" height=\"([0-9.]+)\">");
  private static final Pattern STYLE = Pattern.compile("<style.*?</style>\\s*", Pattern.DOTALL);
  private static final Pattern LEFTOVERS = Pattern.compile(" clip-bounds-jfx=\"[^\"]*\"");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(?:E-\\d+)?");
  private static final Pattern IDENTITY = Pattern.compile("(?<= id=\"|url\\(#)[A-Za-z0-9]+");
  private static final Pattern SPACE = Pattern.compile("(?<=>)\\s+|\\s+(?=<)");

  /** Small distributions of the program leave Lets-Plot out. */
  private static final boolean CAN_DRAW =
      ChartRenderer.class.getResource("/org/jetbrains/letsPlot/core/util/PlotSvgExportCommon.class")
          != null;

  private int identities;

  /** The picture, as large as the page allows; in words where the library is left out. */
  String svg(Chart chart) {
    return CAN_DRAW ? draw(chart) : inWords(chart);
  }

  /**
   * The picture as a file of its own, with its styles; the fonts are the reader's.
   *
   * @throws IllegalStateException where the library is left out
   */
  static String file(Chart chart) {
    if (!CAN_DRAW) {
      throw new IllegalStateException("this distribution of the program cannot draw charts");
    }
    return LetsPlot.svg(chart);
  }

  private static String inWords(Chart chart) {
    return "<p>%s</p>\n".formatted(Html.escape(chart.title() + ": " + chart.description()));
  }

  private String draw(Chart chart) {
    String drawn = LetsPlot.svg(chart);
    String opening =
        "<svg viewBox=\"0 0 $1 $2\" role=\"img\" aria-label=\"%s\">"
            .formatted(Html.escape(chart.title() + ": " + chart.description()).replace("$", "\\$"));
    String bare = STYLE.matcher(ROOT.matcher(drawn).replaceFirst(opening)).replaceAll("");
    String rounded =
        LONG_NUMBER
            .matcher(LEFTOVERS.matcher(bare).replaceAll(""))
            .replaceAll(ChartRenderer::round);
    Map<String, String> names = new HashMap<>();
    String named =
        IDENTITY
            .matcher(rounded)
            .replaceAll(found -> names.computeIfAbsent(found.group(), _ -> "c" + identities++));
    return SPACE.matcher(named).replaceAll("") + "\n";
  }

  private static String round(MatchResult number) {
    double hundredths = Math.round(100 * Double.parseDouble(number.group()));
    return hundredths % 100 == 0
        ? Long.toString((long) hundredths / 100)
        : Double.toString(hundredths / 100);
  }

  /** Apart, because a class that names the library cannot be loaded without it. */
  private static final class LetsPlot {
    private static String svg(Chart chart) {
      return PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
          chart.specification(), null, new UnsupportedRGBEncoder(), false);
    }
  }
}
