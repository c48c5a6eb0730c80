package org.stic.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page about a run in one file: pictures and styles are inside, so that it can be mailed, printed
 * and read on a telephone.
 */
public final class HtmlReport {
  private static final int MOST_NARROW_COLUMNS = 3;
  private static final int MOST_WIDE_COLUMNS = 9;
  private static final int MOST_IN_A_PAIR = 2;
  private static final String STYLE_SHEET = "report.css";

  private final String title;
  private final ChartRenderer renderer = new ChartRenderer();
  private final List<String> sections = new ArrayList<>();

  public HtmlReport(String title) {
    this.title = title;
  }

  /** Adds a paragraph. */
  public HtmlReport paragraph(String text) {
    sections.add("<p>" + Html.escape(text) + "</p>\n");
    return this;
  }

  /** Adds charts beside each other; where they compare, they compare the same in one order. */
  public HtmlReport charts(String heading, List<? extends Chart> charts) {
    StringBuilder section = open(heading);
    charts.stream().findFirst().ifPresent(chart -> section.append(legend(chart.names())));
    String pair = charts.size() == MOST_IN_A_PAIR ? " pair" : "";
    section.append("<div class=\"charts%s\">\n".formatted(pair));
    charts.forEach(chart -> section.append(renderer.svg(chart)));
    return add(section.append("</div>\n"));
  }

  /** Adds one chart over the whole page, in a form for wide screens and one for telephones. */
  public HtmlReport chart(String heading, Chart wide, Chart narrow) {
    StringBuilder section = open(heading).append(legend(wide.names()));
    section.append("<div class=\"on-wide\">\n").append(renderer.svg(wide));
    section.append("</div>\n<div class=\"on-narrow\">\n").append(renderer.svg(narrow));
    return add(section.append("</div>\n"));
  }

  private static String legend(List<String> names) {
    return names.size() < 2
        ? ""
        : IntStream.range(0, names.size())
            .mapToObj(
                index ->
                    "<li><i style=\"border-top:3px %s %s\"></i>%s</li>\n"
                        .formatted(
                            PlotSpecification.stroke(index),
                            PlotSpecification.colour(index),
                            Html.escape(names.get(index))))
            .collect(Collectors.joining("", "<ul class=\"legend\">\n", "</ul>\n"));
  }

  /** Adds a table, whose first column names the rows; numbers stand to the right. */
  public HtmlReport table(String heading, List<String> header, List<List<String>> rows) {
    StringBuilder section = open(heading);
    section.append("<div class=\"wide\"><table%s>\n<tr>".formatted(density(header.size())));
    for (int column = 0; column < header.size(); column++) {
      String side = column > 0 && isNumeric(rows, column) ? "" : " class=\"text\"";
      section.append(
          "<th scope=\"col\"%s>%s</th>".formatted(side, Html.escape(header.get(column))));
    }
    section.append("</tr>\n");
    for (List<String> row : rows) {
      section.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(row.getFirst())));
      for (int column = 1; column < row.size(); column++) {
        String side = isNumeric(rows, column) ? "" : " class=\"text\"";
        section.append("<td%s>%s</td>".formatted(side, Html.escape(row.get(column))));
      }
      section.append("</tr>\n");
    }
    return add(section.append("</table></div>\n"));
  }

  private static String density(int columns) {
    if (columns <= MOST_NARROW_COLUMNS) {
      return " class=\"narrow\"";
    }
    return columns > MOST_WIDE_COLUMNS ? " class=\"dense\"" : "";
  }

  private static boolean isNumeric(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).allMatch(Table::isNumber);
  }

  /**
   * A PNG file with its caption.
   *
   * @param description what it shows, for readers who do not see it
   */
  public record Picture(String caption, String description, Path png) {

    /** A picture whose caption says all. */
    public Picture(String caption, Path png) {
      this(caption, caption, png);
    }
  }

  /**
   * Adds pictures one after another; their files are read now. Where they are too large for a page,
   * some in the middle are left out, and the page says so.
   */
  public HtmlReport pictures(String heading, List<Picture> pictures) throws IOException {
    EmbeddedPictures embedded = EmbeddedPictures.of(pictures);
    StringBuilder section = open(heading).append("<div class=\"pictures\">\n");
    embedded.shown().forEach(shown -> section.append(figure(shown)));
    section.append("</div>\n");
    if (!embedded.omitted().isEmpty()) {
      section.append(
          "<p>Left out to keep this page small: %s.</p>\n"
              .formatted(Html.escape(String.join(", ", embedded.omitted()))));
    }
    return add(section);
  }

  private static String figure(EmbeddedPictures.Embedded shown) {
    Picture picture = shown.picture();
    return "<figure><img alt=\"%s\" src=\"%s\"><figcaption>%s</figcaption></figure>\n"
        .formatted(
            Html.escape(picture.description()), shown.address(), Html.escape(picture.caption()));
  }

  /** Adds text as it stands, such as a settings file. */
  public HtmlReport verbatim(String heading, String text) {
    return add(open(heading).append("<pre>").append(Html.escape(text)).append("</pre>\n"));
  }

  /** Writes the page, complete or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, page().getBytes(StandardCharsets.UTF_8));
  }

  String page() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>%s</h1>
    %s</body>
    </html>
    """
        .formatted(Html.escape(title), styles(), Html.escape(title), String.join("", sections));
  }

  private static StringBuilder open(String heading) {
    return new StringBuilder("<section>\n<h2>").append(Html.escape(heading)).append("</h2>\n");
  }

  private HtmlReport add(StringBuilder section) {
    sections.add(section.append("</section>\n").toString());
    return this;
  }

  private static String styles() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE_SHEET)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged " + STYLE_SHEET + " is damaged", e);
    }
  }
}
