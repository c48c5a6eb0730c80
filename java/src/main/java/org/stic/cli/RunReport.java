package org.stic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.stic.report.HtmlReport;
import org.stic.report.HtmlReport.Picture;
import org.stic.report.LineChart;
import org.stic.settings.Configuration;
import org.stic.settings.ConfigurationFile;
import org.stic.settings.DataSelection;
import org.stic.training.RunDirectory;

/** Makes report.html of a run from what its folder keeps. */
final class RunReport {
  private static final String FILE = "report.html";
  private static final Pattern PASS = Pattern.compile("pass-\\d+\\.png");
  private static final List<Figure> FIGURES =
      List.of(
          new Figure("accuracy", "accuracy on test images, %", 100),
          new Figure("hit_rate", "hit rate by the judge, %", 100),
          new Figure("classifier_score", "classifier score", 1),
          new Figure("frechet_distance", "Frechet distance (judge's features)", 1),
          new Figure("diversity", "diversity (test images: 1)", 1),
          new Figure("high_frequency", "high-frequency energy (test images: 1)", 1),
          new Figure("acceptance", "acceptance of exact steps", 1),
          new Figure("displacement", "displacement from the canvas", 1),
          new Figure("training_seconds", "seconds of training", 1));

  private record Figure(String field, String title, double scale) {}

  private RunReport() {}

  /**
   * Writes the report over an older one.
   *
   * @return its file
   */
  static Path write(RunDirectory run) throws IOException {
    List<JsonNode> passes = run.readMetrics();
    if (passes.isEmpty()) {
      throw new UsageException(
          run.folder() + " has no metrics yet; continue it with 'stic train --resume'");
    }
    HtmlReport report = new HtmlReport("stic: " + run.folder().toAbsolutePath().getFileName());
    report.paragraph(introduction(run, passes.getLast()));
    report.pictures("Drawings", drawings(run, passes));
    List<Picture> others = otherPictures(run);
    if (!others.isEmpty()) {
      report.pictures("Interpolations and other drawings", others);
    }
    report.charts("Pass by pass", charts(passes));
    report.table("Measurements", header(), rows(passes));
    report.paragraph(floor(passes.getLast()));
    EvaluationSections.add(report, run, passes.getLast().path("pass").asInt());
    report.table("How it was measured", List.of("what", "how"), conditions(run, passes.getLast()));
    report.verbatim("Settings", ConfigurationFile.write(run.configuration()));
    Path file = run.folder().resolve(FILE);
    report.write(file);
    return file;
  }

  private static String introduction(RunDirectory run, JsonNode last) {
    return ("A classifier of %s (preset %s, seed %d) after pass %d of %d. The picture of a pass has"
            + " a row for each class (for the first ones of very many). Hit rate, classifier"
            + " score and Frechet distance come from %s, which itself is right on %.2f %% of"
            + " the test images; they can only be compared with figures of the same judge.")
        .formatted(
            run.configuration().data(),
            run.configuration().preset(),
            run.configuration().seed(),
            last.path("pass").asInt(),
            run.configuration().passes(),
            last.path("judge").asText(),
            100 * last.path("judge_accuracy").asDouble());
  }

  private static String floor(JsonNode last) {
    return ("As many real training images (%d) score: hit rate %.1f %%, classifier score %.2f,"
            + " Frechet distance %.2f, diversity %.2f, high-frequency energy %.2f. All drawings"
            + " are fresh and none was selected.")
        .formatted(
            last.path("samples").asInt(),
            100 * last.path("real_hit_rate").asDouble(),
            last.path("real_classifier_score").asDouble(),
            last.path("real_frechet_distance").asDouble(),
            last.path("real_diversity").asDouble(),
            last.path("real_high_frequency").asDouble());
  }

  private static List<Picture> drawings(RunDirectory run, List<JsonNode> passes)
      throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (JsonNode measured : passes) {
      int pass = measured.path("pass").asInt();
      Path file = run.samples(pass);
      if (Files.exists(file)) {
        String rows = rowsOf(run.readEvaluation(pass).orElse(MissingNode.getInstance()));
        String caption = "pass " + pass + (rows.contains("first") ? rows : "");
        pictures.add(new Picture(caption, "Drawings of pass " + pass + rows, file));
      }
    }
    return pictures;
  }

  private static String rowsOf(JsonNode seen) {
    int shown = seen.path("shown_classes").asInt();
    int classes = seen.path("classes").size();
    if (classes == 0 || shown == 0) {
      return ", a row for each class";
    }
    return ", a row for each of %s, from %s to %s"
        .formatted(
            shown < classes
                ? "the first %d of %d classes".formatted(shown, classes)
                : classes + " classes",
            seen.path("classes").get(0).asText(),
            seen.path("classes").get(shown - 1).asText());
  }

  /** Interpolations and other pictures that were drawn into the run's folder. */
  private static List<Picture> otherPictures(RunDirectory run) throws IOException {
    try (var files = Files.list(run.folder().resolve("samples"))) {
      return files
          .filter(RunReport::isPicture)
          .filter(file -> !PASS.matcher(file.getFileName().toString()).matches())
          .sorted()
          .map(file -> new Picture(caption(file), file))
          .toList();
    }
  }

  private static String caption(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".png".length()).replace('-', ' ');
  }

  private static List<List<String>> conditions(RunDirectory run, JsonNode last) {
    Configuration settings = run.configuration();
    DataSelection selection = settings.dataSelection();
    String classes =
        selection.classes().isEmpty() ? "all classes" : String.join(", ", selection.classes());
    String subset =
        selection.subsetSeed() == 0
            ? "the first ones"
            : "a balanced subset drawn with seed " + selection.subsetSeed();
    return List.of(
        List.of("data", settings.data() + ", " + classes),
        List.of(
            "training images",
            "at most %d, %s; %.3g of the labels redrawn"
                .formatted(selection.trainingImages(), subset, selection.labelNoise())),
        List.of(
            "test images", "%d behind the accuracy".formatted(last.path("test_images").asInt())),
        List.of("seeds", "run %d, judge %d".formatted(settings.seed(), settings.judge().seed())),
        List.of(
            "drawings",
            "%d a pass, the classes in turn, none selected; %d approximate steps, then %d exact ones"
                .formatted(
                    last.path("samples").asInt(),
                    last.path("steps").asInt(),
                    last.path("correction_steps").asInt())),
        List.of(
            "judge",
            "%s, right on %.2f %% of the test images"
                .formatted(
                    last.path("judge").asText(), 100 * last.path("judge_accuracy").asDouble())),
        List.of(
            "control",
            "as many real training images, judged the same way; the canvases before the first"
                + " step"));
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".png") && !name.startsWith(".");
  }

  private static List<LineChart> charts(List<JsonNode> passes) {
    return FIGURES.stream()
        .map(figure -> new LineChartDraft(figure, points(figure, passes)))
        .filter(draft -> !draft.points().isEmpty())
        .map(draft -> new LineChart(draft.figure().title(), draft.points()))
        .toList();
  }

  private record LineChartDraft(Figure figure, List<LineChart.Point> points) {}

  private static List<LineChart.Point> points(Figure figure, List<JsonNode> passes) {
    return passes.stream()
        .filter(pass -> pass.path(figure.field()).isNumber())
        .map(
            pass ->
                new LineChart.Point(
                    pass.path("pass").asInt(),
                    figure.scale() * pass.path(figure.field()).asDouble()))
        .toList();
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("pass"));
    FIGURES.forEach(figure -> header.add(figure.title()));
    return header;
  }

  private static List<List<String>> rows(List<JsonNode> passes) {
    return passes.stream().map(RunReport::row).toList();
  }

  private static List<String> row(JsonNode pass) {
    List<String> row = new ArrayList<>(List.of(pass.path("pass").asText()));
    for (Figure figure : FIGURES) {
      JsonNode value = pass.path(figure.field());
      row.add(value.isNumber() ? "%.2f".formatted(figure.scale() * value.asDouble()) : "-");
    }
    return row;
  }
}
