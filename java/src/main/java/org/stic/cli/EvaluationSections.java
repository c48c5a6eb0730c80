package org.stic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.stic.report.Chart;
import org.stic.report.ConfusionChart;
import org.stic.report.Histogram;
import org.stic.report.HtmlReport;
import org.stic.report.HtmlReport.Picture;
import org.stic.report.LineChart;
import org.stic.report.ReliabilityDiagram;
import org.stic.training.RunDirectory;

/**
 * The parts of a run's report about its last pass: what the classifier mistakes, how its chains
 * went, and whether its drawings are copies. What a run did not keep is said to be absent.
 */
final class EvaluationSections {
  private static final double RARE = 0.05;

  private final RunDirectory run;
  private final int pass;
  private final JsonNode seen;

  private EvaluationSections(RunDirectory run, int pass, JsonNode seen) {
    this.run = run;
    this.pass = pass;
    this.seen = seen;
  }

  static void add(HtmlReport report, RunDirectory run, int pass) throws IOException {
    var seen = run.readEvaluation(pass);
    if (seen.isEmpty()) {
      report.paragraph(
          "Confusion, reliability, chains and the search for copies are not in this report: the"
              + " version of stic that made this run did not keep them.");
      return;
    }
    EvaluationSections sections = new EvaluationSections(run, pass, seen.get());
    sections.addClassification(report);
    sections.addChains(report);
    sections.addMemorisation(report);
  }

  private void addClassification(HtmlReport report) {
    JsonNode test = seen.path("test");
    List<Chart> charts = new ArrayList<>();
    if (test.path("confusion").isArray()) {
      charts.add(confusion(test));
    }
    List<ReliabilityDiagram.Bin> bins = bins(test);
    if (!bins.isEmpty()) {
      double width =
          test.path("bins").get(0).path("upper").asDouble()
              - test.path("bins").get(0).path("lower").asDouble();
      charts.add(new ReliabilityDiagram(reliabilityTitle(test), bins, width));
    }
    report.charts("What it mistakes, and how sure it is", charts);
    report.paragraph(describe(test));
    if (!test.path("mistakes").isEmpty()) {
      report.table(
          "Most frequent mistakes", List.of("true class", "taken for", "images"), mistakes(test));
    }
  }

  private static String reliabilityTitle(JsonNode test) {
    return "reliability (ECE %.2f %%)"
        .formatted(100 * test.path("expected_calibration_error").asDouble());
  }

  private ConfusionChart confusion(JsonNode test) {
    List<List<Integer>> counts =
        elements(test.path("confusion"))
            .map(row -> elements(row).map(JsonNode::asInt).toList())
            .toList();
    return new ConfusionChart("confusion on test images", classes(), counts);
  }

  private static List<ReliabilityDiagram.Bin> bins(JsonNode test) {
    return elements(test.path("bins"))
        .filter(bin -> bin.path("count").asLong() > 0)
        .map(
            bin ->
                new ReliabilityDiagram.Bin(
                    (bin.path("lower").asDouble() + bin.path("upper").asDouble()) / 2,
                    bin.path("confidence").asDouble(),
                    bin.path("accuracy").asDouble(),
                    bin.path("count").asLong()))
        .toList();
  }

  private String describe(JsonNode test) {
    String topFive =
        test.path("top_five_accuracy").isNumber()
            ? ", among its five best answers for %.2f %%"
                .formatted(100 * test.path("top_five_accuracy").asDouble())
            : "";
    return ("After pass %d the classifier is right about %.2f %% of %d test images%s; the mean"
            + " negative log-likelihood is %.4f nats, the expected calibration error %.2f %% (%d"
            + " bins). In the diagram a bar is the accuracy of a bin's images, and its point stands"
            + " at their mean confidence: on the dashed line where a classifier is as often right"
            + " as it says.")
        .formatted(
            pass,
            100 * test.path("accuracy").asDouble(),
            test.path("images").asInt(),
            topFive,
            test.path("negative_log_likelihood").asDouble(),
            100 * test.path("expected_calibration_error").asDouble(),
            test.path("bins").size());
  }

  private List<List<String>> mistakes(JsonNode test) {
    List<String> classes = classes();
    return elements(test.path("mistakes"))
        .map(
            mistake ->
                List.of(
                    classes.get(mistake.path("truth").asInt()),
                    classes.get(mistake.path("answer").asInt()),
                    mistake.path("images").asText()))
        .toList();
  }

  private void addChains(HtmlReport report) {
    JsonNode chains = seen.path("chains");
    if (chains.isMissingNode()) {
      report.paragraph(
          "Chains are watched after the last pass, where they keep one density; there are none to"
              + " show here.");
      return;
    }
    report.charts(
        "Along the chains of the evaluation",
        Stream.of(
                chart(chains, "class_term", "energy: class term"),
                chart(chains, "gram_loss", "energy: relative Gram loss"),
                chart(chains, "displacement", "distance from the canvas"),
                chart(chains, "acceptance", "acceptance of exact steps"))
            .flatMap(List::stream)
            .toList());
    report.paragraph(
        ("Means over %d chains after pass %d, the classes in turn: %d approximate steps from the"
                + " canvas, %d exact ones that adapt the step size and are not shown, then exact"
                + " ones of step size %.3g.")
            .formatted(
                chains.path("chains").asInt(),
                pass,
                chains.path("approximate_steps").asInt(),
                chains.path("warm_up_steps").asInt(),
                chains.path("step_size").asDouble()));
  }

  /** A chart of a value, or none where it was never measured. */
  private static List<LineChart> chart(JsonNode chains, String field, String title) {
    List<LineChart.Point> points =
        elements(chains.path("steps"))
            .filter(step -> step.path(field).isNumber())
            .map(
                step -> new LineChart.Point(step.path("step").asInt(), step.path(field).asDouble()))
            .toList();
    return points.isEmpty()
        ? List.of()
        : List.of(new LineChart(title, "step", List.of(new LineChart.Series("", points))));
  }

  private void addMemorisation(HtmlReport report) throws IOException {
    JsonNode found = seen.path("memorisation");
    if (found.isMissingNode()) {
      report.paragraph("Copies of training images are looked for after the last pass.");
      return;
    }
    if (Files.exists(run.nearest(pass))) {
      report.pictures("Are the drawings copies?", List.of(nearest(found)));
    }
    report.charts(
        "Distance from the nearest training image",
        List.of(
            histogram(found.path("features"), "in the judge's features", "Euclidean distance"),
            histogram(
                found.path("pixels"),
                "in " + pixels(found),
                "root-mean-square difference, pixels in [-1, 1]")));
    report.paragraph(describeCopies(found));
  }

  private Picture nearest(JsonNode found) {
    return new Picture(
        "Rows of drawings, below each the nearest training image in the judge's features, below"
            + " that the nearest in "
            + pixels(found),
        "The first %d drawings of pass %d over their nearest training images"
            .formatted(found.path("shown").asInt(), pass),
        run.nearest(pass));
  }

  private static String pixels(JsonNode found) {
    int side = found.path("side").asInt();
    return side == 0 ? "pixels" : "means of %dx%d pixels".formatted(side, side);
  }

  private static Histogram histogram(JsonNode distances, String title, String horizontal) {
    return new Histogram(
        title,
        horizontal,
        List.of(
            new Histogram.Group("drawings", numbers(distances.path("drawings"))),
            new Histogram.Group("test images", numbers(distances.path("controls")))));
  }

  private String describeCopies(JsonNode found) {
    return ("The first %d drawings of pass %d, none selected, and as control %d test images,"
            + " against %d of the %d training images; the picture shows the first %d. Nearer to a"
            + " training image than all but %.0f %% of the test images: %d drawings in features, %d"
            + " in pixels. Exact copies, at distance 0: %d.")
        .formatted(
            found.path("drawings").asInt(),
            pass,
            found.path("controls").asInt(),
            found.path("scanned").asInt(),
            found.path("training_images").asInt(),
            found.path("shown").asInt(),
            100 * RARE,
            nearer(found.path("features")),
            nearer(found.path("pixels")),
            numbers(found.path("pixels").path("drawings")).stream()
                .filter(distance -> distance == 0)
                .count());
  }

  /** Drawings that are nearer than the nearest {@value #RARE} of the controls. */
  private static long nearer(JsonNode distances) {
    List<Double> controls = numbers(distances.path("controls")).stream().sorted().toList();
    double bound = controls.get((int) (RARE * controls.size()));
    return numbers(distances.path("drawings")).stream()
        .filter(distance -> distance < bound)
        .count();
  }

  private List<String> classes() {
    return elements(seen.path("classes")).map(JsonNode::asText).toList();
  }

  private static List<Double> numbers(JsonNode array) {
    return elements(array).map(JsonNode::asDouble).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
