package org.stic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final LineChart CHART =
      new LineChart(
          "a < b, %",
          List.of(
              new LineChart.Point(0, 40), new LineChart.Point(1, 100), new LineChart.Point(2, 70)));

  @TempDir Path folder;

  @Test
  void pageHoldsEverythingAndPointsNowhere() throws IOException {
    Path png = folder.resolve("pass.png");
    new ImageGrid(1, 64, 64, 1).write(png, new float[64 * 64]);
    Path file = folder.resolve("report.html");
    new HtmlReport("run & more")
        .paragraph("100 % <plain>")
        .charts("Curves", List.of(CHART))
        .pictures("Drawings", List.of(new HtmlReport.Picture("pass 1", png)))
        .table("Numbers", List.of("pass", "hit"), List.of(List.of("1", "0.5")))
        .verbatim("Settings", "data = 'mnist' # <x>")
        .write(file);
    String page = Files.readString(file);
    assertTrue(page.contains("<h1>run &amp; more</h1>"));
    assertTrue(page.contains("<p>100 % &lt;plain&gt;</p>"));
    assertTrue(page.contains("data = 'mnist' # &lt;x&gt;"));
    assertTrue(page.contains("<td>0.5</td>"));
    assertFalse(page.contains("http"), "the page must not need a network");
    Matcher picture = Pattern.compile("base64,([^\"]+)").matcher(page);
    assertTrue(picture.find());
    byte[] embedded = Base64.getDecoder().decode(picture.group(1));
    assertEquals(72, ImageIO.read(new ByteArrayInputStream(embedded)).getWidth());
  }
}
