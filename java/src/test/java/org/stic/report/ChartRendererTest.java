package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ChartRendererTest {

  private static Element draw(Chart chart) throws Exception {
    byte[] svg = new ChartRenderer().svg(chart).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }

  private static List<Element> all(Element root, String name) {
    var found = root.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static List<String> texts(Element root, String style) {
    return all(root, "text").stream()
        .filter(text -> text.getAttribute("class").contains(style))
        .map(text -> text.getTextContent().strip())
        .toList();
  }

  private static LineChart curve(double... values) {
    return new LineChart(
        "a < b, %",
        IntStream.range(0, values.length)
            .mapToObj(pass -> new LineChart.Point(pass, values[pass]))
            .toList());
  }

  @Test
  void curveHasADotForEachValueWhereItBelongs() throws Exception {
    Element svg = draw(curve(40, 100, 70));
    assertEquals(
        "a < b, %: over the pass, from 40.00 to 70.00, between 40.00 and 100.0",
        svg.getAttribute("aria-label"));
    assertEquals(List.of("a < b, %"), texts(svg, "plot-title"));
    List<Element> dots = all(svg, "circle");
    assertEquals(3, dots.size());
    double[] x = dots.stream().mapToDouble(dot -> number(dot, "cx")).toArray();
    double[] y = dots.stream().mapToDouble(dot -> number(dot, "cy")).toArray();
    assertEquals(x[1] - x[0], x[2] - x[1], 0.05);
    assertTrue(x[1] > x[0], "passes run to the right");
    assertEquals(y[0] + (y[1] - y[0]) / 2, y[2], 0.05);
    assertTrue(y[1] < y[0], "more is further up");
    assertEquals(List.of("0", "1", "2"), texts(svg, "axis-text-x"));
    assertEquals(List.of("pass"), texts(svg, "axis-title-x"));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @ParameterizedTest
  @CsvSource({
    "96.8, 97.9",
    "0, 0",
    "-3, 1e-9",
    "1e-7, 3e-7",
    "88.3, 10600",
    "5, 5",
    "0.999, 1.001",
    "-1e30, 1e30",
  })
  void anyFiniteValuesHaveAnAxis(double first, double second) throws Exception {
    Element svg = draw(curve(first, second));
    assertTrue(texts(svg, "axis-text-y").size() >= 2, svg.getTextContent());
    assertFalse(svg.getTextContent().contains("NaN"), svg.getTextContent());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 9, 60, 1000})
  void passesAreAFewWholeNumbers(int passes) throws Exception {
    List<String> ticks = texts(draw(curve(new double[passes])), "axis-text-x");
    assertTrue(!ticks.isEmpty() && ticks.size() <= 8, ticks.toString());
    assertEquals(0, Integer.parseInt(ticks.getFirst()));
    assertTrue(Integer.parseInt(ticks.getLast()) <= passes, ticks.toString());
  }

  @Test
  void sameChartsGiveTheSamePageAndNoNameTwice() {
    List<LineChart> charts = List.of(curve(1, 2), curve(3, 4));
    ChartRenderer renderer = new ChartRenderer();
    String once = charts.stream().map(renderer::svg).collect(Collectors.joining());
    String again = charts.stream().map(new ChartRenderer()::svg).collect(Collectors.joining());
    assertEquals(once, again);
    List<String> names = new ArrayList<>();
    for (String part : once.split(" id=\"", -1)) {
      names.add(part.substring(0, part.indexOf('"')));
    }
    assertEquals(names.size(), names.stream().distinct().count(), names.toString());
    assertFalse(once.contains("http") || once.contains("<script"), once);
  }

  @Test
  void confusionShowsCountsAndWhoWasRight() throws Exception {
    ConfusionChart chart =
        new ConfusionChart(
            "confusion",
            List.of("cat", "dog & co", "a very long name"),
            List.of(List.of(9, 1, 0), List.of(0, 0, 0), List.of(20, 30, 700)));
    Element svg = draw(chart);
    assertTrue(svg.getAttribute("aria-label").endsWith("709 of 760 right"));
    List<String> numbers =
        all(svg, "text").stream()
            .map(text -> text.getTextContent().strip())
            .filter(text -> text.matches("\\d+"))
            .sorted()
            .toList();
    assertEquals(List.of("1", "20", "30", "700", "9"), numbers);
    assertEquals(List.of("cat", "dog & co", "a very lo…"), texts(svg, "axis-text-x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConfusionChart("x", List.of("a", "b"), List.of(List.of(1, 2))));
  }

  @Test
  void reliabilityHasABarForEachBin() throws Exception {
    ReliabilityDiagram diagram =
        new ReliabilityDiagram(
            "reliability",
            List.of(
                new ReliabilityDiagram.Bin(0.05, 0.06, 0.5, 3),
                new ReliabilityDiagram.Bin(0.95, 0.97, 0.9, 40)),
            0.1);
    Element svg = draw(diagram);
    assertEquals(2, all(svg, "circle").size());
    assertTrue(diagram.description().contains("40 images"), diagram.description());
    assertThrows(
        IllegalArgumentException.class, () -> new ReliabilityDiagram("none", List.of(), 0.1));
  }

  @Test
  void histogramTakesValuesThatAreAllEqual() throws Exception {
    Histogram histogram =
        new Histogram(
            "distances",
            "distance",
            List.of(
                new Histogram.Group("drawings", List.of(2.0, 2.0, 2.0)),
                new Histogram.Group("test images", List.of(2.0))));
    assertEquals(List.of("distances"), texts(draw(histogram), "plot-title"));
    assertEquals(List.of("drawings", "test images"), histogram.names());
    assertThrows(IllegalArgumentException.class, () -> new Histogram.Group("none", List.of()));
  }

  @Test
  void chartWithoutPointsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LineChart("empty", List.of()));
  }
}
