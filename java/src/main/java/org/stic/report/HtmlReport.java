package org.stic.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page about a run in one file: pictures and styles are inside, so that it can be mailed, printed
 * and read on a telephone.
 */
public final class HtmlReport {
  private static final int MOST_WIDE_COLUMNS = 9;
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
    section.append("<div class=\"charts\">\n");
    charts.forEach(chart -> section.append(renderer.svg(chart)));
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

  /** Adds a table, whose first column names the rows. */
  public HtmlReport table(String heading, List<String> header, List<List<String>> rows) {
    String style = header.size() > MOST_WIDE_COLUMNS ? " class=\"dense\"" : "";
    StringBuilder section = open(heading);
    section.append("<div class=\"wide\"><table%s>\n<tr>".formatted(style));
    header.forEach(
        cell -> section.append("<th scope=\"col\">").append(Html.escape(cell)).append("</th>"));
    section.append("</tr>\n");
    for (List<String> row : rows) {
      section.append("<tr>");
      section.append("<th scope=\"row\">").append(Html.escape(row.getFirst())).append("</th>");
      row.stream()
          .skip(1)
          .forEach(cell -> section.append("<td>").append(Html.escape(cell)).append("</td>"));
      section.append("</tr>\n");
    }
    return add(section.append("</table></div>\n"));
  }

  /** A PNG file with its caption. */
  public record Picture(String caption, Path png) {}

  /** Adds pictures one after another; their files are read now. */
  public HtmlReport pictures(String heading, List<Picture> pictures) throws IOException {
    StringBuilder section = open(heading).append("<div class=\"pictures\">\n");
    for (Picture picture : pictures) {
      String data = Base64.getEncoder().encodeToString(Files.readAllBytes(picture.png()));
      String caption = Html.escape(picture.caption());
      section.append(
          "<figure><img alt=\"%s\" src=\"data:image/png;base64,%s\"><figcaption>%s</figcaption></figure>\n"
              .formatted(caption, data, caption));
    }
    return add(section.append("</div>\n"));
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
