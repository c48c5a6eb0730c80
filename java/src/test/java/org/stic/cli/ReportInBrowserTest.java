package org.stic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens a run's report in headless Chromium; skipped, with the reason, where there is none. */
class ReportInBrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int SECONDS = 90;
  private static final Pattern MEASURED = Pattern.compile("<pre id=\"measured\">(.*?)</pre>");

  /** A page that shows the report in a frame of a width and tells what it looks like inside. */
  private static final String FRAME =
      """
      <!doctype html><meta charset="utf-8"><body>
      <iframe id="frame" src="run/report.html" style="border:0;width:WIDTHpx;height:900px"></iframe>
      <script>
      document.getElementById('frame').addEventListener('load', event => {
        const page = event.target.contentDocument;
        const beyond = [...page.querySelectorAll('body *')]
            .filter(e => !e.closest('.wide') && !e.closest('svg')
                && e.getBoundingClientRect().right > WIDTH + 0.5)
            .map(e => e.tagName + ': ' + e.textContent.slice(0, 40));
        const pictures = [...page.images];
        const measured = {
          width: page.documentElement.scrollWidth,
          beyond: beyond,
          pictures: pictures.length,
          missing: pictures.filter(i => !i.complete || i.naturalWidth === 0).length,
          unnamed: pictures.filter(i => !i.alt).length,
          charts: page.querySelectorAll('svg[role=img][aria-label]').length,
          blank: [...page.querySelectorAll('svg')].filter(
              s => s.getBoundingClientRect().height < 50).length,
          headings: page.querySelectorAll('h2').length,
          scripts: page.scripts.length
        };
        const pre = document.createElement('pre');
        pre.id = 'measured';
        pre.textContent = JSON.stringify(measured);
        document.body.append(pre);
      });
      </script>
      """;

  @TempDir static Path folder;
  private static String browser;

  @BeforeAll
  static void trainWhereThereIsABrowser() throws IOException {
    Optional<String> found = NAMES.stream().filter(ReportInBrowserTest::isOnPath).findFirst();
    assumeTrue(found.isPresent(), "no browser: none of " + NAMES + " is on the path");
    browser = found.get();
    TinyRun machine = new TinyRun(folder);
    CommandLineRun training = machine.train(folder.resolve("run"));
    assertEquals(0, training.code(), training.err());
  }

  private static boolean isOnPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(part -> Files.isExecutable(Path.of(part, name)));
  }

  /** What the browser prints, its console included. */
  private static String browse(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "browser", ".txt");
    Path profile = Files.createTempDirectory(folder, "profile");
    List<String> command =
        Stream.concat(
                Stream.of(
                    browser,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    "--allow-file-access-from-files",
                    "--enable-logging=stderr",
                    "--user-data-dir=" + profile),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(ended, "the browser did not end in " + SECONDS + " s: " + text);
    return text;
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1100})
  void everythingIsSeenAtTheWidth(int width) throws IOException, InterruptedException {
    Path frame =
        Files.writeString(
            folder.resolve("frame-" + width + ".html"),
            FRAME.replace("WIDTH", Integer.toString(width)));
    String printed =
        browse(
            "--window-size=1200,1000",
            "--virtual-time-budget=10000",
            "--dump-dom",
            frame.toUri().toString());
    assertTrue(!printed.contains("CONSOLE"), printed);
    Matcher found = MEASURED.matcher(printed);
    assertTrue(found.find(), printed);
    JsonNode measured = new ObjectMapper().readTree(found.group(1).replace("&amp;", "&"));
    assertEquals(width, measured.path("width").asInt(), measured.toString());
    assertEquals(0, measured.path("beyond").size(), measured.toString());
    assertEquals(TinyRun.PASSES + 2, measured.path("pictures").asInt(), measured.toString());
    for (String none : List.of("missing", "unnamed", "blank", "scripts")) {
      assertEquals(0, measured.path(none).asInt(), none + " in " + measured);
    }
    assertTrue(measured.path("charts").asInt() >= 9 + 2 + 3 + 2, measured.toString());
    assertTrue(measured.path("headings").asInt() >= 8, measured.toString());
  }

  @Test
  void printsOnPaperOfTheRightSize() throws IOException, InterruptedException {
    Path pdf = folder.resolve("report.pdf");
    browse(
        "--no-pdf-header-footer",
        "--print-to-pdf=" + pdf,
        folder.resolve("run/report.html").toUri().toString());
    String content = Files.readString(pdf, StandardCharsets.ISO_8859_1);
    assertTrue(content.startsWith("%PDF-"), "no PDF");
    Matcher box = Pattern.compile("/MediaBox \\[0 0 (\\d+)[.\\d]* (\\d+)").matcher(content);
    assertTrue(box.find(), "no page");
    assertEquals("594x841", box.group(1) + "x" + box.group(2), "A4 in points");
    int pages = content.split("/Type /Page\\b", -1).length - 1;
    assertTrue(pages >= 2 && pages <= 12, pages + " pages");
  }
}
